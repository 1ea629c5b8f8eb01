// In place of request, which activitypub-express names.
module.exports = require("../refuse.cjs").refusing("request");
