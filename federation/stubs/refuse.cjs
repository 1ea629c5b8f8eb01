// What stands in place of a package that activitypub-express names and must never use here: it throws, and remembers that it was asked.
const asked = [];

const refuse = (name) => {
  asked.push(name);
  throw new Error(`${name} is not installed: nothing of activitypub-express reaches a network or a database by itself`);
};

/** Throws whatever is done with it: read, called or made anew. */
const refusing = (name) => new Proxy(function () {}, { get: () => refuse(name), apply: () => refuse(name), construct: () => refuse(name) });

module.exports = { asked, refuse, refusing };
