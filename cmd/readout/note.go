package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"readout"
	"readout/doc"
	"readout/ingest"
	"readout/note"
	"readout/reading"
	"readout/record"
	"readout/registry"
)

// noteFlags are the settings of `readout note`.
type noteFlags struct {
	record    recordFlags
	knowledge knowledgeFlags
	by        string
	published string
	title     string
	tlp       string
	edit      bool
	form      bool
	entries   []typed
}

// typed is one entry as a flag.
type typed struct{ kind, text string }

func newNoteCommand() *cobra.Command {
	var f noteFlags
	c := &cobra.Command{
		Use:   "note [FILE|-]",
		Short: "Put a note of one's own into the record, and say what it says",
		Long: `Put a typed note, of a room, a phone call or a source, into the record: an
article of the outlet note:NAME, read as any other. Entries say what its words
mean, one each:

  --event   '` + note.Shapes["event"] + `'
  --said    '` + note.Shapes["said"] + `'
  --stands  '` + note.Shapes["stands"] + `'
  --waits   '` + note.Shapes["waits"] + `'
  --tied    '` + note.Shapes["tied"] + `'

The words are the note's own and stand last, in quotation marks; leave them out
where the note is one sentence. What an entry says takes the place of what the
machine read in the same words; a field left empty is left to the machine, and -
says that it is not told. A day is 2023-06-18, 2023-06, an interval with / or
words such as "on Sunday". Behind a name may stand in brackets the part taken
(host, mediator, absent …), a country's code, or anonymous.

--form takes the note and its entries from one file; --edit writes that form,
with what the machine read, and opens it in $VISUAL or $EDITOR. docs/note.md
describes it. 'readout reread' leaves alone what was entered by hand. The same
note entered again, with other entries, takes the place of the first.`,
		Example: `  readout note --by jane call.txt
  echo "Blinken met Wang Yi on Sunday." | readout note --by jane --published 2023-06-19 - \
    --event 'meeting | Blinken, Wang Yi | on Sunday | Beijing | occurred'
  readout note --by jane --edit call.txt`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runNote(c, args, f) },
	}
	f.record.register(c)
	f.knowledge.registerTables(c)
	fl := c.Flags()
	fl.StringVar(&f.by, "by", userName(), "who enters it (or READOUT_BY; default: the user's name)")
	fl.StringVar(&f.published, "published", "", "day or instant of the note (default: today)")
	fl.StringVar(&f.title, "title", "", "title of the note")
	fl.StringVar(&f.tlp, "tlp", "", "mark it: "+strings.Join(record.TLPNames(), ", ")+" (default: amber)")
	fl.BoolVar(&f.form, "form", false, "FILE is a form: the note, a line of dashes, and entries")
	fl.BoolVarP(&f.edit, "edit", "e", false, "write the form in $VISUAL or $EDITOR, from FILE if one is named")
	for _, e := range []struct{ kind, usage string }{
		{"event", "an event that words of the note tell of; as often as needed"}, {"said", "what somebody says there"},
		{"stands", "where somebody stands on an issue"}, {"waits", "what an event waits for"},
		{"tied", "what an event is tied to, by their numbers"},
	} {
		fl.Func(e.kind, e.usage, func(s string) error { f.entries = append(f.entries, typed{e.kind, s}); return nil })
	}
	return c
}

// noter enters notes.
type noter struct {
	ctx    context.Context
	reader *readout.Reader
	reg    *registry.Registry
	model  string
}

func newNoter(ctx context.Context, reg *registry.Registry) (*noter, error) {
	r, err := readout.New(readout.Config{Workers: 1, Registry: reg})
	if err != nil {
		return nil, err
	}
	if reg == nil {
		if reg, err = registry.Default(); err != nil {
			return nil, err
		}
	}
	n := &noter{ctx: ctx, reader: r, reg: reg}
	n.model, err = modelID()
	return n, err
}

// read is what the models read in a text.
func (n *noter) read(a readout.Article) (*reading.Reading, error) {
	d, err := n.reader.Read(n.ctx, a)
	if err != nil {
		return nil, err
	}
	return reading.New(d, n.model), nil
}

// when understands words of time as an article of a day would.
func (n *noter) when(published time.Time) func(string) (reading.Time, bool, bool) {
	return func(words string) (reading.Time, bool, bool) {
		d, err := n.reader.Read(n.ctx, readout.Article{Text: "They met " + words + ".", Published: published})
		if err != nil || len(d.Times) == 0 {
			return reading.Time{}, false, false
		}
		t := &d.Times[0]
		v := reading.Time{From: t.Date(t.From), To: t.Date(t.To), Granularity: t.Unit.String()}
		return v, t.Relation == doc.TimeBy, v.From != ""
	}
}

func runNote(c *cobra.Command, args []string, f noteFlags) error {
	ctx := c.Context()
	var tlp record.TLP
	if f.tlp != "" {
		var err error
		if tlp, err = record.ParseTLP(f.tlp); err != nil {
			return usageError{fmt.Errorf("--tlp: %w", err)}
		}
	}
	form, name, err := f.open(c, args)
	if err != nil {
		return err
	}
	reg, err := f.knowledge.openRegistry()
	if err != nil {
		return err
	}
	n, err := newNoter(ctx, reg)
	if err != nil {
		return err
	}
	var kept *entered
	if f.edit {
		kept, err = n.edit(c, form, name, &f)
	} else {
		kept, err = n.enter(form, name)
	}
	if err != nil {
		return err
	}
	l, err := f.record.create(ctx, reg)
	if err != nil {
		return err
	}
	defer l.Close()
	if tlp != 0 {
		if _, err := l.MarkIDs(ctx, []string{kept.article.ID()}, tlp, kept.article.Byline, ""); err != nil {
			return recordError(err)
		}
	}
	if err := kept.keep(ctx, c.OutOrStdout(), l.Ledger, storeName(f.record.db)); err != nil || kept.draft == "" {
		return err
	}
	return os.Remove(kept.draft)
}

// open makes the form of the command line: the file's, with what flags say.
func (f *noteFlags) open(c *cobra.Command, args []string) (*note.Form, string, error) {
	form, name := &note.Form{}, "the note"
	switch {
	case len(args) == 0 && !f.edit && isTerminal(c.InOrStdin()):
		return nil, "", usageError{hintError{errors.New("no note"), "name a file, - for standard input, or write one with --edit"}}
	case len(args) == 1 && args[0] != ingest.Stdin:
		name = args[0]
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, "", err
		}
		form.Text = string(b)
	case len(args) == 1 || !f.edit:
		name = "standard input"
		b, err := io.ReadAll(io.LimitReader(c.InOrStdin(), readout.DefaultMaxBytes+1))
		if err != nil {
			return nil, "", err
		}
		form.Text = string(b)
	}
	if f.form {
		var err error
		if form, err = note.ParseForm(name, form.Text); err != nil {
			return nil, "", err
		}
	}
	form.Text = strings.TrimPrefix(form.Text, "\uFEFF")
	for _, v := range []struct {
		to   *string
		flag string
	}{{&form.By, f.by}, {&form.Published, f.published}, {&form.Title, f.title}} {
		if *v.to == "" || v.flag != "" && v.to != &form.By {
			*v.to = v.flag
		}
	}
	count := map[string]int{}
	for _, t := range f.entries {
		count[t.kind]++
		e, err := note.ParseEntry(t.kind, t.text)
		e.At = fmt.Sprintf("--%s", t.kind)
		if count[t.kind] > 1 {
			e.At += fmt.Sprintf(" (the %d.)", count[t.kind])
		}
		if err != nil {
			return nil, "", usageError{fmt.Errorf("%s: %w", e.At, err)}
		}
		form.Entries = append(form.Entries, e)
	}
	return form, name, nil
}

// entered is a note with its reading, ready to be kept.
type entered struct {
	article record.Article
	reading *reading.Reading
	draft   string // the file it was written in, which goes when it is kept
}

// article is the note as it is read.
func article(form *note.Form) (readout.Article, error) {
	a := readout.Article{Text: form.Text, Title: form.Title, Outlet: "note:" + form.By, Byline: form.By}
	if form.By == "" || strings.ContainsAny(form.By, "\n;") {
		return a, usageError{hintError{errors.New("a note needs the name of who enters it"), "--by NAME, or set READOUT_BY"}}
	}
	a.Published = time.Now().UTC().Truncate(24 * time.Hour)
	if form.Published != "" {
		t, err := ingest.ParseDate(form.Published)
		if err != nil {
			return a, fmt.Errorf("published: %w", err)
		}
		a.Published = t
	}
	return a, nil
}

// enter reads a note and puts its entries into the reading.
func (n *noter) enter(form *note.Form, name string) (*entered, error) {
	a, err := article(form)
	if err != nil {
		return nil, err
	}
	r, err := n.read(a)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(form.Entries) > 0 {
		r, err = note.Apply(r, form.Entries, note.Config{By: form.By, Registry: n.reg, Published: a.Published, When: n.when(a.Published)})
		if err != nil {
			return nil, err
		}
	}
	return &entered{article: recordArticle(&a), reading: r}, nil
}

// keep puts a note into the record and says what of it was kept.
func (e *entered) keep(ctx context.Context, w io.Writer, l *record.Ledger, db string) error {
	got, err := l.Add(ctx, &e.article, e.reading)
	if err != nil {
		return recordError(err)
	}
	what := "added"
	if !got.New {
		if what = "there already"; e.reading.Hand() != "" {
			changed, err := l.Reread(ctx, &e.article, e.reading)
			if err != nil {
				return recordError(err)
			}
			if changed {
				what = "entered anew"
			}
		}
	}
	fmt.Fprintf(w, "%s: note %s of %s, %s\n", db, got.Article[:8], e.article.Byline, what)
	told := map[string]bool{}
	names := map[string]*reading.Actor{}
	for i := range e.reading.Actors {
		names[e.reading.Actors[i].ID] = &e.reading.Actors[i]
	}
	unknown := []string{}
	for _, line := range note.Lines(e.reading) {
		fmt.Fprintf(w, "  %s\n", line)
	}
	for i := range e.reading.Events {
		for _, p := range e.reading.Events[i].Participants {
			if a := names[p.Actor]; a != nil && a.Entry == "" && a.Kind == "person" && !a.Anonymous && !told[a.ID] {
				told[a.ID] = true
				unknown = append(unknown, a.Name)
			}
		}
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		fmt.Fprintf(w, "  not in the registry: %s\n", strings.Join(unknown, ", "))
	}
	return nil
}

// edit lets somebody write the form in an editor until it reads. What was
// written is never lost: where it cannot be used, its file stays.
func (n *noter) edit(c *cobra.Command, form *note.Form, name string, f *noteFlags) (*entered, error) {
	editor := os.Getenv("VISUAL")
	if editor == "" {
		editor = os.Getenv("EDITOR")
	}
	if editor == "" {
		return nil, hintError{errors.New("no editor to write the note in"), "set EDITOR, or give a form with --form FILE"}
	}
	if form.Published == "" {
		form.Published = time.Now().UTC().Format(time.DateOnly)
	}
	var r *reading.Reading
	if strings.TrimSpace(form.Text) != "" {
		a, err := article(&note.Form{By: "draft", Published: form.Published, Text: form.Text})
		if err != nil {
			return nil, err
		}
		if r, err = n.read(a); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	file, err := os.CreateTemp("", "readout-note-*.txt")
	if err != nil {
		return nil, err
	}
	draft := note.Draft(form, r)
	if f.form {
		if b, err := os.ReadFile(name); err == nil {
			draft = string(b)
		}
	}
	_, err = file.WriteString(draft)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	kept := hintError{nil, fmt.Sprintf("what was written is in %s: readout note --form %s", file.Name(), file.Name())}
	for {
		// The variable may hold arguments: "code --wait".
		words := append(strings.Fields(editor), file.Name())
		cmd := exec.CommandContext(c.Context(), words[0], words[1:]...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr()
		if err := cmd.Run(); err != nil {
			kept.error = fmt.Errorf("%s: %w", words[0], err)
			return nil, kept
		}
		b, err := os.ReadFile(file.Name())
		if err != nil {
			return nil, err
		}
		written, err := note.ParseForm(file.Name(), string(b))
		if err == nil && strings.TrimSpace(written.Text) == "" {
			return nil, errors.Join(errors.New("there is no text: nothing was kept"), os.Remove(file.Name()))
		}
		if err == nil {
			if written.By == "" {
				written.By = form.By
			}
			out, entryErr := n.enter(written, file.Name())
			if entryErr == nil {
				out.draft = file.Name()
				return out, nil
			}
			err = entryErr
		}
		kept.error = err
		if !isTerminal(c.InOrStdin()) || !yes(c, fmt.Sprintf("%v\nEdit it again? [Y/n] ", err)) {
			return nil, kept
		}
	}
}

// yes asks a question to which Enter says yes.
func yes(c *cobra.Command, question string) bool {
	fmt.Fprint(c.ErrOrStderr(), question)
	var answer string
	_, err := fmt.Fscanln(c.InOrStdin(), &answer)
	if err == io.EOF {
		return false
	}
	return answer == "" || strings.HasPrefix(strings.ToLower(answer), "y")
}
