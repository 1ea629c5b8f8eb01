// Some platform packages declare os and cpu as a string where a list is asked for; without this the lockfile differs by machine.
module.exports = {
  hooks: {
    readPackage(p) {
      for (const k of ["os", "cpu"]) if (typeof p[k] === "string") p[k] = [p[k]];
      return p;
    },
  },
};
