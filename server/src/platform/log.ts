// The log: JSON lines on stdout that name routes, refusals and times, never what people wrote or own.
import { pino, type DestinationStream, type Logger } from "pino";

const secrets = [
  "email",
  "address",
  "iban",
  "token",
  "cookie",
  "code",
  "authorization",
  "password",
  "*.email",
  "*.iban",
  "*.token",
  "*.code",
  "*.password",
  "headers",
];

export function openLog(level: string, out?: DestinationStream): Logger {
  const options = { level, base: null, redact: { paths: secrets, censor: "[kept back]" }, timestamp: pino.stdTimeFunctions.isoTime };
  return out ? pino(options, out) : pino(options);
}
