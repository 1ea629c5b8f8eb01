// Two builds from one set of sources: what browsers load, and the one file the server renders pages with.
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { addresses } from "./build/addresses.ts";
import { compress } from "./build/compress.ts";
import { screens } from "./build/screens.ts";

const rendering = { outDir: "dist/server", rolldownOptions: { output: { codeSplitting: false } } } as const;
const groups = [
  // Its small hooks, each in a file of its own, would weigh more than they hold.
  { name: "router", test: /node_modules\/@tanstack\/(react-router|router-core|history)\// },
  // Every page needs nearly all addresses of endpoints; in a file for each domain they weigh a quarter more. Those of a meeting and of treaties come with their parts.
  { name: "addresses", test: /shared\/src\/[a-z]+\/api(\/(?!meeting|treaties)[a-z-]+)?\.ts$/ },
  // What the first script brings with it, however else it is shared: cut by who shares what it came in twenty files, each a request, most of a few hundred bytes. Styles stay with the script that a page names.
  { name: "every-page", tags: ["$initial" as const], test: /^(?!.*(\/platform\/(browser|worker)\.tsx?|\.css)$)/ },
];

const browsing = {
  outDir: "dist/client",
  manifest: true,
  assetsInlineLimit: 0, // a data: address would need a hole in the content security policy
  rolldownOptions: {
    input: { browser: "src/platform/browser.tsx", sw: "src/platform/worker.ts" },
    // A service worker reigns over the folder it lies in, by a name that stays.
    output: {
      entryFileNames: ({ name }: { name: string }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      codeSplitting: { groups },
    },
  },
} as const;

export default defineConfig(({ command, isSsrBuild }) => ({
  root: import.meta.dirname,
  plugins: [addresses(), screens(), react(), lingui({ failOnCompileError: true }), compress()],
  // In development React is CommonJS and must stay outside; in the build everything goes into the one file.
  ssr: command === "build" ? { noExternal: true } : {},
  // The builder leaves this name to whoever runs what it built, and React without it is the slow one for development.
  define: isSsrBuild ? { "process.env.NODE_ENV": JSON.stringify("production") } : {},
  build: { target: "es2022", sourcemap: false, emptyOutDir: true, copyPublicDir: !isSsrBuild, ...(isSsrBuild ? rendering : browsing) },
}));
