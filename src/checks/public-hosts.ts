/** Which hosts are names that others use. Pure. */

/** Whether a host is a name that browsers on other machines use; placeholders and addresses are not. */
export function isPublic(host: string): boolean {
  return (
    !/[{}]/.test(host) &&
    host !== "localhost" &&
    !/\.(localhost|local|internal|test|example)$/.test(host) &&
    !/^[\d.]+$|:/.test(host)
  );
}
