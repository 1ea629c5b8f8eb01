// In place of request-promise-native, which activitypub-express names.
module.exports = require("../refuse.cjs").refusing("request-promise-native");
