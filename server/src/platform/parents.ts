// Whom a process started by npm ends with: npm is ended without telling what it started.
import { execFileSync } from "node:child_process";

const watchMs = 500;

/** Calls once when npm has ended, or the shell that npm runs its scripts in. */
export function whenNpmEnds(end: () => void): void {
  const shell = process.ppid;
  const npm = parentBehindShell(shell);
  const watch = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || isAlive(npm))) return;
    clearInterval(watch);
    end();
  }, watchMs);
}

/** The parent of a shell; undefined for any other process, and where nobody can be asked. */
function parentBehindShell(pid: number): number | undefined {
  try {
    const said = execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const [, parent] = /^\s*(\d+)\s+\S*sh$/m.exec(said) ?? [];
    return parent === undefined ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
