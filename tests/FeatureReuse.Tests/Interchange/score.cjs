// ONNX Runtime's side: node score.cjs RUNTIME MODEL COUNT INPUT OUTPUT
// INPUT holds COUNT rows of float32 for the model's only input. OUTPUT gets a JSON object: what each output is called, its shape and its values.
const fs = require('fs');
const [runtime, model, count, input, output] = process.argv.slice(2);
const ort = require(runtime);

(async () => {
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1 });
  const bytes = fs.readFileSync(input);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const n = Number(count);
  const shape = process.env.SHAPE.split(',').map(Number);
  const results = await session.run({ [session.inputNames[0]]: new ort.Tensor('float32', values, [n, ...shape]) });
  const told = Object.fromEntries(session.outputNames.map(name => [name, { shape: results[name].dims, values: Array.from(results[name].data) }]));
  fs.writeFileSync(output, JSON.stringify(told));
})().catch(failure => {
  console.error(failure);
  process.exit(1);
});
