/** Plain gradient descent for the two small models of answering. Deterministic: no chance, no clock. */

/** Bias first, then one weight a feature. */
export type Logistic = { readonly bias: number; readonly weights: readonly number[] };

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export const logisticOf = (model: Logistic, row: readonly number[]): number =>
  sigmoid(row.reduce((sum, value, at) => sum + value * (model.weights[at] ?? 0), model.bias));

const steps = 600;

/**
 * Fits P(label) = sigmoid(bias + weights · row) with ridge penalty `ridge` a row. Rows are scaled inside, so features of
 * any size fit alike; the weights returned are for raw rows.
 */
export function fitLogistic(rows: readonly (readonly number[])[], labels: readonly boolean[], ridge = 0.002): Logistic {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, at) => rows.map((row) => row[at] ?? 0));
  const means = columns.map((column) => column.reduce((a, b) => a + b, 0) / rows.length);
  const spreads = columns.map(
    (column, at) => Math.sqrt(column.reduce((sum, x) => sum + (x - (means[at] ?? 0)) ** 2, 0) / rows.length) || 1,
  );
  const scaled = rows.map((row) => row.map((x, at) => (x - (means[at] ?? 0)) / (spreads[at] ?? 1)));
  let model: Logistic = { bias: 0, weights: new Array<number>(width).fill(0) };
  for (let step = 0; step < steps; step++) {
    const pull = 1.5 / (1 + step / 200);
    const slope = new Array<number>(width).fill(0);
    let slopeOfBias = 0;
    scaled.forEach((row, at) => {
      const miss = (labels[at] ? 1 : 0) - logisticOf(model, row);
      slopeOfBias += miss;
      for (let i = 0; i < width; i++) slope[i] = (slope[i] ?? 0) + miss * (row[i] ?? 0);
    });
    model = {
      bias: model.bias + (pull * slopeOfBias) / rows.length,
      weights: model.weights.map((w, i) => w + pull * ((slope[i] ?? 0) / rows.length - ridge * w)),
    };
  }
  const weights = model.weights.map((w, at) => w / (spreads[at] ?? 1));
  return { bias: model.bias - weights.reduce((sum, w, at) => sum + w * (means[at] ?? 0), 0), weights };
}

/** One question's candidates: features a candidate, and which of them are right. */
export type Group = { readonly rows: readonly (readonly number[])[]; readonly right: readonly boolean[] };

/** Fits non-negative weights so that the right candidates take the larger share of a softmax over all candidates. */
export function fitRanking(groups: readonly Group[], start: readonly number[], ridge = 0.0005): readonly number[] {
  let weights = [...start];
  const usable = groups.filter((group) => group.right.includes(true) && group.right.includes(false));
  for (let step = 0; step < steps; step++) {
    const slope = new Array<number>(weights.length).fill(0);
    for (const { rows, right } of usable) {
      const shares = softmax(rows.map((row) => row.reduce((sum, x, at) => sum + x * (weights[at] ?? 0), 0)));
      const onRight = shares.reduce((sum, share, at) => sum + (right[at] ? share : 0), 0) || 1e-12;
      rows.forEach((row, at) => {
        const share = shares[at] ?? 0;
        const pull = (right[at] ? share / onRight : 0) - share;
        for (let i = 0; i < weights.length; i++) slope[i] = (slope[i] ?? 0) + pull * (row[i] ?? 0);
      });
    }
    const pull = 12 / (1 + step / 150);
    weights = weights.map((w, i) => Math.max(0, w + pull * ((slope[i] ?? 0) / (usable.length || 1) - ridge * w)));
  }
  return weights;
}

export function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - top));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((value) => value / sum);
}
