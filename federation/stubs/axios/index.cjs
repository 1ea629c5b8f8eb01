// In place of axios, which saxon-js names: what it judges lies on this computer.
module.exports = require("../refuse.cjs").refusing("axios");
