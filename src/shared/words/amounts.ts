/** `$5.00`, `$0.42`; amounts that would read as nothing with as many digits as they need: `$0.0012`. */
export function describeUsd(usd: number): string {
  return usd === 0 || usd >= 0.01 ? `$${usd.toFixed(2)}` : `$${Number(usd.toPrecision(2))}`;
}
