// Starts the editing form: its words in Chinese, its files in the formats of admin-format.js, and nothing from elsewhere.
import { recordFormat, textFormat } from "gongkai/admin-format";
import { FormatError } from "gongkai/admin-yaml";

const SHOWN = 30_000;

/** Say something above the form, which has no words of its own for it, for as long as it takes to read. */
function tell(words) {
  const state = document.getElementById("admin-state");
  state.textContent = words;
  state.hidden = false;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => (state.hidden = true), SHOWN);
}

/** A format that also tells the editor why a file is not shown or not saved: the form only says that something failed. */
function telling({ fromFile, toFile }) {
  const told = (act, before) => (given) => {
    try {
      return act(given);
    } catch (error) {
      if (error instanceof FormatError) tell(`${before}${error.message}`);
      throw error;
    }
  };
  return { fromFile: told(fromFile, "有一个文件没有列出："), toFile: told(toFile, "没有保存：") };
}

const read = async (name) => {
  const answer = await fetch(new URL(name, document.baseURI));
  if (!answer.ok) throw new Error(name);
  return answer.json();
};

async function start() {
  const [{ default: CMS }, config, forms] = await Promise.all([
    import("gongkai/cms"),
    read("config.json"),
    read("forms.json"),
  ]);
  for (const [name, shape] of Object.entries(forms)) {
    CMS.registerCustomFormat(`gongkai-${name}`, "yml", telling(recordFormat(shape)));
  }
  CMS.registerCustomFormat("gongkai-yaml-text", "yml", textFormat);
  CMS.registerCustomFormat("gongkai-markdown", "md", textFormat);
  await CMS.init({ config: { ...config, load_config_file: false } });
}

start().catch((error) => {
  console.error(error);
  tell("编辑表单没有打开：请刷新；仍打不开时换新版的浏览器，或照编辑指南在文件里编辑");
});
