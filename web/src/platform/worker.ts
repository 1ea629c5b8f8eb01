// The service worker: shows what is pushed while no page is open, and leads to one's news. It keeps nothing and answers no request.
declare const self: ServiceWorkerGlobalScope;

/** What the server sealed for this browser: a plain sentence, without amount, name or title. */
type Pushed = { readonly says: string; readonly language: string; readonly topic: string; readonly path: string };

self.addEventListener("push", (event) => {
  if (!event.data) return;
  const { says, language, topic, path } = event.data.json() as Pushed;
  // Ten of one kind are one: the last stands in for those before it.
  event.waitUntil(self.registration.showNotification(says, { lang: language, tag: topic, data: path }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(String(event.notification.data)));
});

/** Goes to a page that shows the path already, or opens one; what somebody types in another page stays untouched. */
async function show(path: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find(({ url }) => new URL(url).pathname === path);
  await (page ? page.focus() : self.clients.openWindow(path));
}
