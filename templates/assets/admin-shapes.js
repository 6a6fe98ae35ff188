// Values as files hold them and values as the form holds them. A shape says what a file may hold (admin/forms.json):
// {kind: "record", fields: {name: shape}} in the order of the schema, {kind: "list", items}, {kind: "map", values},
// {kind: "scalar", types, default}, {kind: "kept"} for what only programs write: it never reaches the form.
import { FormatError } from "gongkai/admin-yaml";

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const words = { string: "文字", number: "数字", integer: "整数", boolean: "true 或 false" };

/** The value without what says nothing: empty texts and lists, nulls, defaults, spaces at the ends; undefined for nothing. */
export function told(value, shape) {
  if (shape?.kind === "kept") return undefined;
  if (typeof value === "string") value = value.trim();
  if (value === null || value === undefined || value === "" || value === shape?.default) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => told(item, shape?.items)).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (!isObject(value)) return value;
  const names = shape?.kind === "record" ? Object.keys(shape.fields) : Object.keys(value);
  const pairs = names
    .filter((name) => Object.hasOwn(value, name))
    .map((name) => [name, told(value[name], shape?.kind === "record" ? shape.fields[name] : shape?.values)])
    .filter(([, each]) => each !== undefined);
  return pairs.length ? Object.fromEntries(pairs) : undefined;
}

/** Refuse a value that the form could not show as it is: it would come back as another. */
export function refuseUnfit(value, shape, name = "") {
  const kinds = { record: isObject, map: isObject, list: Array.isArray };
  if (value === null || value === undefined || shape.kind === "kept") return;
  if (shape.kind === "scalar") {
    const fits = shape.types.some((type) => (type === "integer" ? Number.isInteger(value) : typeof value === type));
    if (!fits) throw new FormatError(`${name} 应为${shape.types.map((type) => words[type]).join("或")}；请先在文件里改正`);
    return;
  }
  if (!kinds[shape.kind](value)) {
    throw new FormatError(`${name || "文件"} 应为${shape.kind === "list" ? "列表" : "键值对"}；请先在文件里改正`);
  }
  for (const [key, each] of Object.entries(value)) {
    const part = shape.kind === "list" ? shape.items : shape.kind === "map" ? shape.values : shape.fields[key];
    const place = shape.kind === "list" ? `${name}[${Number(key) + 1}]` : name ? `${name}.${key}` : key;
    if (part) refuseUnfit(each, part, place);
    else if (name) throw new FormatError(`不认识的键「${place}」；请先在文件里检查拼写，或删去这一项`);
  }
}

/** A file's value as the form holds it: a map becomes a list of its pairs, because keys cannot be typed in a form. */
export function toForm(value, shape) {
  if (value === null || value === undefined || shape.kind === "kept") return undefined;
  if (shape.kind === "scalar") return value;
  if (shape.kind === "list") return value.map((item) => toForm(item, shape.items));
  if (shape.kind === "map") {
    return Object.entries(value).map(([key, each]) => {
      const inner = toForm(each, shape.values);
      return shape.values.kind === "record" ? { key, ...inner } : { key, value: inner };
    });
  }
  const known = Object.keys(shape.fields).filter((name) => Object.hasOwn(value, name));
  return Object.fromEntries(known.map((name) => [name, toForm(value[name], shape.fields[name])]));
}

/** The way back: what a form holds, as the file's value. */
export function fromForm(value, shape) {
  if (value === null || value === undefined || shape.kind === "kept") return undefined;
  if (shape.kind === "scalar") return fromField(value, shape);
  if (shape.kind === "list") return Array.isArray(value) ? value.map((item) => fromForm(item, shape.items)) : undefined;
  if (shape.kind === "map") {
    if (!Array.isArray(value)) return undefined;
    const pairs = value.map(({ key, ...rest }) => {
      return [String(key ?? "").trim(), fromForm(shape.values.kind === "record" ? rest : rest.value, shape.values)];
    });
    const map = Object.fromEntries(pairs.filter(([key]) => key));
    if (Object.keys(map).length !== pairs.filter(([key]) => key).length) {
      throw new FormatError("同一个编号填了两次；请合并为一处");
    }
    return map;
  }
  if (!isObject(value)) return undefined;
  const known = Object.keys(shape.fields).filter((name) => Object.hasOwn(value, name));
  return Object.fromEntries(known.map((name) => [name, fromForm(value[name], shape.fields[name])]));
}

/** What an input gives, as its type: a number may come as the text that was typed. */
function fromField(value, { types }) {
  const numeric = types.includes("number") || types.includes("integer");
  if (typeof value === "string" && numeric && value.trim() && Number.isFinite(Number(value))) return Number(value);
  return value;
}
