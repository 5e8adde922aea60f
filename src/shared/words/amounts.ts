/** Formats an amount in USD: `$5.00`, `$0.42`; small amounts with as many digits as needed: `$0.0012`. */
export function describeUsd(usd: number): string {
  return usd === 0 || usd >= 0.01 ? `$${usd.toFixed(2)}` : `$${Number(usd.toPrecision(2))}`;
}
