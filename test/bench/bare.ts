// The least a list can cost: a bare Fastify route that puts one question to PostgreSQL and answers the rows as they come, with no check at all.
import Fastify from "fastify";
import { Pool } from "pg";

const { DATABASE_URL: url = "", BARE_SQL: text = "", BARE_PARAMETERS: parameters = "[]" } = process.env;
const pool = new Pool({ connectionString: url, max: 16, idleTimeoutMillis: 0 });
const values = JSON.parse(parameters) as unknown[];

const app = Fastify();
app.get("/jobs", async () => ({ items: (await pool.query(text, values)).rows }));
process.send?.(await app.listen({ host: "127.0.0.1", port: 0 }));
