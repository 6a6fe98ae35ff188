// File formats for the form: how files become what the form holds, and how that becomes files again. The original text
// travels with what the form holds, so that what nobody has changed can keep its bytes.
import { rewritten } from "gongkai/admin-rewriting";
import { fromForm, refuseUnfit, toForm } from "gongkai/admin-shapes";
import { readYaml } from "gongkai/admin-yaml";

/** The hidden field that holds the original text, as JSON: the form trims texts. generator/pages/admin_form.py names it too. */
const ORIGINAL = "original_text";

/** Characters of a text that stand for it where the form names it. */
const MOST_OPENING = 24;

const originalOf = (value) => (value[ORIGINAL] ? JSON.parse(value[ORIGINAL]) : "");

/** The format of a YAML file with the given shape. */
export function recordFormat(shape) {
  return {
    fromFile(text) {
      const { value } = readYaml(text);
      refuseUnfit(value, shape);
      return { ...toForm(value ?? {}, shape), [ORIGINAL]: JSON.stringify(text) };
    },
    toFile: (value) => exactly(rewritten(originalOf(value), fromForm(value, shape), shape)),
  };
}

/** The format of a file that is edited as the text that it is. */
export const textFormat = {
  fromFile: (text) => ({
    opening: lines(text).trim().split("\n")[0].slice(0, MOST_OPENING),
    body: lines(text),
    [ORIGINAL]: JSON.stringify(text),
  }),
  toFile(value) {
    const text = originalOf(value);
    const body = lines(value.body ?? "");
    if (body.trim() === lines(text).trim()) return exactly(text);
    const [lead] = /^\s*/.exec(text);
    const [tail] = /\s*$/.exec(text);
    const end = text.includes("\r\n") ? "\r\n" : "\n";
    return exactly(lead + body.trim().replaceAll("\n", end) + (tail || end));
  },
};

/** A text as an input shows it: no byte order mark, line ends as \n. */
function lines(text) {
  return text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
}

/** Sveltia CMS writes `${text.trim()}\n`: give it a text that comes out of this as it is, but for a missing last line end. */
function exactly(text) {
  return Object.assign(new String(text), { trim: () => (text.endsWith("\n") ? text.slice(0, -1) : text) });
}
