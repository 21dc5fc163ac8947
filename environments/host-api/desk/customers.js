// What the desk's database holds.
const desk = {
  customers: [
    { id: 11, name: 'Ada Byron', email: 'ada@analytical.example', city: 'London', orders: [120.5, 80] },
    { id: 12, name: 'Grace Murray', email: 'grace@cobol.example', city: 'New York', orders: [15.25] },
    { id: 17, name: 'Jean Bartik', email: 'jean@eniac.example', city: 'Philadelphia', orders: [] },
    { id: 23, name: 'Karen Jones', email: 'karen@index.example', city: 'Cambridge', orders: [9.99, 42, 7.75] },
    { id: 31, name: 'Radia Novick', email: 'radia@tree.example', city: 'Boston', orders: [310] },
    { id: 44, name: 'Hedy Kiesler', email: 'hedy@hopping.example', city: 'Vienna', orders: [64, 1.5] },
  ],
  tickets: [
    { customer: 12, subject: 'Invoice is missing' }, { customer: 11, subject: 'Cards arrive torn' },
    { customer: 31, subject: 'Two routers in a loop' }, { customer: 17, subject: 'Door code' },
    { customer: 44, subject: 'Radio is silent' }, { customer: 23, subject: 'Search finds too much' },
  ],
};
