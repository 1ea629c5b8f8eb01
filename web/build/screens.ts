// Leaves out of what browsers load which file each route is drawn by: only the server asks, to know which files a page needs, and seventy such paths weigh a kilobyte.
import type { Plugin } from "vite";

const routeFile = /\/web\/src\/[a-z]+\/screens\/([a-z]+-)?routes\.tsx$/;

export function screens(): Plugin {
  return {
    name: "partcommune-screens",
    enforce: "pre",
    apply: ({ build }) => !build?.ssr,
    transform: { filter: { id: routeFile }, handler: (code) => ({ code: code.replaceAll(/\bscreen: "src\/[^"]+",/g, ""), map: null }) },
  };
}
