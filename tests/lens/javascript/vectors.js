// Runs steps on answers for the tests: standard input has a list of {steps, answer}, standard output what became of each.
const asMap = (members = {}) => new Map(Object.entries(members));

function callFrom(written = {}) {
  const { variables, query, headers, body, ...rest } = written;
  return callOf({
    ...rest, variables: asMap(variables), query: asMap(query), headers: asMap(headers), body: valueOf(body),
  });
}

const valueOf = (text) => (text === undefined ? ABSENT : parse(text));

function answerFrom({ status: code = 200, headers = [], body, received, call, called = {} }) {
  const others = Object.entries(called).map(([name, other]) => [name, answerFrom(other)]);
  return new Answer(code, headers, valueOf(body), callFrom(call), { received: valueOf(received), called: new Map(others) });
}

function outcome({ steps, answer: written }) {
  const answer = answerFrom(written);
  for (const step of steps) compile(step).apply(answer);
  const body = answer.body === ABSENT ? null : serialize(answer.body);
  return { status: answer.status, headers: answer.headers, body, edits: answer.edits };
}

const rows = JSON.parse(require('fs').readFileSync(0, 'utf-8'));
process.stdout.write(JSON.stringify(rows.map(outcome)));
