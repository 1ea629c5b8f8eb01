// In place of mongodb, which activitypub-express names.
module.exports = require("../refuse.cjs").refusing("mongodb");
