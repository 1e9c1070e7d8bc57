// The editor of a query. What the reader wrote goes to the server when the editor is left (as with Streamlit's own text area) or
// run with Ctrl-Enter, numbered; the server tells the last number it has, so that no answer to an older text replaces a newer one.
// It begins as a plain text area and stays one where the editor cannot be fetched.
// data: {query, number, names: {table: [column]}, label, help, full, longest, address}; see sql_editor.py.
const KEYWORDS = "all and anti any as asc asof between by case cast cross current desc distinct else end except exclude exists "
  + "filter first following from full group having ilike in inner intersect interval is join lateral last left like limit "
  + "not null nulls offset on or order outer over partition pivot positional preceding qualify range recursive replace right "
  + "row rows select semi similar tablesample then to try_cast unbounded union unnest unpivot using values when where window "
  + "with false true";
const FUNCTIONS = "abs arg_max arg_min avg ceil coalesce concat contains corr count current_date date_diff date_part date_trunc "
  + "dense_rank epoch extract first_value floor greatest lag last_value lead least len length ln list list_contains log10 lower "
  + "max median min mode ntile nullif percent_rank quantile_cont rank regexp_extract regexp_matches replace round row_number "
  + "split_part starts_with stddev string_agg strftime substring sum trim upper year month";
const TYPES = "bigint boolean date double integer json struct text timestamp varchar";
const open = new WeakMap();

export default function ({data, parentElement, setStateValue, setTriggerValue}) {
  const editor = open.get(parentElement) ?? begin(parentElement, data);
  open.set(parentElement, editor);
  editor.send = (written, isRun) => {
    setStateValue("written", written);
    if (isRun) setTriggerValue("run", true);
  };
  take(editor, data);
  return () => {
    editor.view?.destroy();
    parentElement.replaceChildren();
    open.delete(parentElement);
  };
}

function begin(parent, data) {
  const make = (tag, look) => parent.appendChild(Object.assign(document.createElement(tag), look));
  const label = make("label", {htmlFor: "query", className: "query-label"});
  const area = make("textarea", {id: "query", spellcheck: false, autocapitalize: "off"});
  const help = make("p", {id: "query-help"});
  const length = make("span", {className: "query-length"});
  area.setAttribute("aria-describedby", help.id);
  const editor = {parent, label, area, help, length, data, held: null, number: data.number};
  area.addEventListener("input", () => count(editor));
  area.addEventListener("blur", () => leave(editor));
  area.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) leave(editor, true);
  });
  import(new URL(data.address, location)).then(code => {
    if (parent.isConnected) enrich(editor, code);
  }, () => { /* the text area stays */ });
  return editor;
}

// What the server holds, unless it has not yet seen what was sent last.
function take(editor, data) {
  editor.data = data;
  editor.label.textContent = data.label;
  editor.help.textContent = data.help;
  editor.area.maxLength = data.longest;
  editor.view?.contentDOM.setAttribute("aria-label", data.label);
  if (data.number < editor.number || data.query === editor.held) return;
  editor.held = data.query;
  write(editor, data.query);
}

const read = editor => editor.view?.state.doc.toString() ?? editor.area.value;

function write(editor, text) {
  editor.area.value = text;
  editor.view?.dispatch({changes: {from: 0, to: editor.view.state.doc.length, insert: text}});
  count(editor);
}

function leave(editor, isRun = false) {
  const query = read(editor);
  if (query === editor.held && !isRun) return;
  editor.held = query;
  editor.number += 1;
  editor.send({query, number: editor.number}, isRun);
}

function count(editor, isFull = false) {
  const {longest, full} = editor.data;
  editor.length.role = isFull ? "alert" : null;
  editor.length.textContent = isFull ? full : `${read(editor).length}/${longest}`;
}

function enrich(editor, code) {
  const {EditorView, EditorState, keymap, Prec} = code;
  const hadFocus = document.activeElement === editor.area;
  const {selectionStart: anchor, selectionEnd: head} = editor.area;
  const run = () => { leave(editor, true); return true; };
  const fits = EditorState.transactionFilter.of(change => {
    if (!change.docChanged || change.newDoc.length <= Math.max(editor.data.longest, change.startState.doc.length)) return change;
    count(editor, true);
    return [];
  });
  editor.area.remove();
  const doc = editor.area.value;
  editor.view = new EditorView({
    doc,
    selection: {anchor: Math.min(anchor, doc.length), head: Math.min(head, doc.length)},
    extensions: [
      Prec.highest(keymap.of([{key: "Mod-Enter", run}])),
      code.history(),
      keymap.of([...code.defaultKeymap, ...code.historyKeymap]),  // without Tab, which leaves the editor
      code.bracketMatching(),
      code.syntaxHighlighting(code.classHighlighter),
      language(editor, code),
      code.autocompletion({icons: false}),
      fits,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({"aria-label": editor.data.label, "aria-describedby": editor.help.id}),
      EditorView.domEventHandlers({blur: () => leave(editor)}),
      EditorView.updateListener.of(update => update.docChanged && count(editor)),
    ],
  });
  editor.label.after(editor.view.dom);
  editor.label.onclick = () => editor.view.focus();
  if (hadFocus) editor.view.focus();
}

// DuckDB's words for reading; tables first where one is due; after `table.` its columns, and elsewhere those of the tables named.
function language({data: {names}}, {sql, SQLDialect, schemaCompletionSource, ifNotIn}) {
  const dialect = SQLDialect.define({
    keywords: KEYWORDS, builtin: FUNCTIONS, types: TYPES, doubleDollarQuotedStrings: true, caseInsensitiveIdentifiers: true,
  });
  const tables = Object.keys(names);
  const asColumn = (label, boost = 0) => ({label, type: "property", boost});
  const before = (context, from) => context.state.sliceDoc(Math.max(0, from - 100), from);
  const isTableDue = (context, from) => /\b(from|join)\s+$/i.test(before(context, from));
  const ofSchema = schemaCompletionSource({
    dialect, schema: Object.fromEntries(tables.map(name => [name, names[name].map(column => asColumn(column))])),
  });
  const known = context => {
    const found = ofSchema(context);
    const boost = found && isTableDue(context, found.from) ? 1 : -3;
    return found && {...found, options: found.options.map(one => names[one.label] ? {...one, boost} : one)};
  };
  const columns = context => {
    const word = context.matchBefore(/\w+/);
    if (!word || before(context, word.from).endsWith(".") || isTableDue(context, word.from)) return null;
    const written = new Set(context.state.doc.toString().toLowerCase().match(/\w+/g));
    const named = tables.filter(name => written.has(name));
    const labels = new Set((named.length ? named : tables).flatMap(name => names[name]));
    return {from: word.from, validFor: /^\w*$/, options: [...labels].map(label => asColumn(label, named.length ? 0 : -2))};
  };
  const outside = ["String", "LineComment", "BlockComment"];
  return [
    sql({dialect}),
    [known, columns].map(source => dialect.language.data.of({autocomplete: ifNotIn(outside, source)})),
  ];
}
