// Collects the domains' screens, as the server collects their doors.
import { routes as community } from "./community/screens/routes.tsx";
import { routes as governance } from "./governance/screens/routes.tsx";
import { languageRoute } from "./platform/language.tsx";
import { rootRoute } from "./platform/root.tsx";
import { routes as platform } from "./platform/screens/routes.tsx";
import { routes as membership } from "./membership/screens/routes.tsx";
import { routes as money } from "./money/screens/routes.tsx";
import { routes as federation } from "./federation/screens/routes.tsx";
import { routes as mutual } from "./mutual/screens/routes.tsx";
import { routes as marketplace } from "./marketplace/screens/routes.tsx";

export const routeTree = rootRoute.addChildren([
  languageRoute.addChildren([...platform, ...membership, ...governance, ...money, ...federation, ...mutual, ...marketplace, ...community]),
]);
