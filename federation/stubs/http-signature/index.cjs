// In place of http-signature, which activitypub-express names.
module.exports = require("../refuse.cjs").refusing("http-signature");
