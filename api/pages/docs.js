// Shows /openapi.json to be read: one section per tag, one entry per operation.
const make = (name, text, ...children) => {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
};

const shown = (schema) =>
  schema.enum ? schema.enum.join(" | ") : schema.type === "array" ? "list" : schema.format || schema.type;

const table = (rows) =>
  make("table", "", ...rows.map((cells) => make("tr", "", ...cells.map((cell) => make("td", cell)))));

const entry = (path, method, operation) => {
  const name = make("span", method.toUpperCase());
  name.className = "method";
  const details = make("details", "", make("summary", "", name, make("code", path), ` ${operation.summary}`));
  const query = operation.parameters.filter((one) => one.in === "query");
  if (query.length) details.append(table(query.map((one) => [one.name, one.description])));
  const schema = operation.requestBody?.content["application/json"].schema;
  const fields = Object.entries(schema?.properties ?? {});
  if (fields.length)
    details.append(table(fields.map(([field, one]) =>
      [field, shown(one), schema.required?.includes(field) ? "required" : ""])));
  return details;
};

const main = document.getElementById("operations");
fetch("/openapi.json").then((answer) => answer.json()).then((api) => {
  for (const { name } of api.tags) {
    main.append(make("h2", name));
    for (const [path, methods] of Object.entries(api.paths))
      for (const [method, operation] of Object.entries(methods))
        if (operation.tags.includes(name)) main.append(entry(path, method, operation));
  }
}).catch(() => main.append(make("p", "The server does not answer. Reload in a moment.")));
