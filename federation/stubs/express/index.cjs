// In place of express, which activitypub-express names.
module.exports = require("../refuse.cjs").refusing("express");
