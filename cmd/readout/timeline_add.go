package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"readout"
	"readout/ingest"
	"readout/note"
	"readout/reading"
	"readout/record"
)

// timelineFlags are the settings of `readout add --format timeline`.
type timelineFlags struct {
	format string
	by     string
	maps   []string
	dates  string
	dryRun bool
	yes    bool
}

// timelineFormat is the value of --format that takes the inputs for timelines.
const timelineFormat = "timeline"

func (f *timelineFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.format, "format", "", "timeline: the inputs are tables (.csv, .tsv, .xlsx) with an event a row (docs/note.md)")
	fl.StringVar(&f.by, "by", userName(), "timeline: who keeps it (or READOUT_BY; default: the user's name)")
	fl.StringSliceVar(&f.maps, "map", nil, "timeline: what the columns are: date=Datum,who=Actors+Others,where=-")
	fl.StringVar(&f.dates, "dates", "", "timeline: how 03/04/2025 is read: dmy or mdy (default: as other rows tell)")
	fl.BoolVar(&f.dryRun, "dry-run", false, "timeline: show the mapping and the first rows, and keep nothing")
	fl.BoolVarP(&f.yes, "yes", "y", false, "timeline: take the mapping without asking")
}

// timeline is a sheet at work.
type timeline struct {
	c       *cobra.Command
	flags   timelineFlags
	name    string // of the file
	table   *note.Table
	mapping *note.Mapping
	kept    bool // the mapping is that of the last time
	now     time.Time
	tlp     record.TLP
	marked  bool // the marking was told

	added, changed, known, purged, failed int
}

func runTimeline(c *cobra.Command, args []string, add addFlags) error {
	ctx, f := c.Context(), add.timeline
	if f.format != timelineFormat {
		return usageError{hintError{fmt.Errorf("no format %q", f.format), "--format timeline is for tables; everything else is told apart by itself"}}
	}
	if !slices.Contains([]string{"", string(note.OrderDay), string(note.OrderMonth)}, f.dates) {
		return usageError{hintError{fmt.Errorf("--dates %q", f.dates), "dmy or mdy"}}
	}
	if f.by == "" || strings.ContainsAny(f.by, "\n;") {
		return usageError{hintError{errors.New("a timeline needs the name of who keeps it"), "--by NAME, or set READOUT_BY"}}
	}
	if add.published != "" {
		return usageError{errors.New("--published is not for timelines: a row tells its day; a column can be mapped to published")}
	}
	// A row is somebody's own, whatever source it names.
	tlp := record.TLPAmber
	if add.tlp != "" {
		var err error
		if tlp, err = record.ParseTLP(add.tlp); err != nil {
			return usageError{fmt.Errorf("--tlp: %w", err)}
		}
	}
	reg, err := add.knowledge.openRegistry()
	if err != nil {
		return err
	}
	n, err := newNoter(ctx, reg)
	if err != nil {
		return err
	}
	open := add.record.create
	if f.dryRun {
		open = add.record.open
	}
	l, err := open(ctx, reg)
	if err != nil && !f.dryRun {
		return err
	}
	if l != nil {
		defer l.Close()
	}
	failed := false
	for _, name := range args {
		t := &timeline{c: c, flags: f, name: name, now: time.Now().UTC(), tlp: tlp, marked: add.tlp != ""}
		var ledger *record.Ledger
		if l != nil {
			ledger = l.Ledger
		}
		if err := t.run(ctx, n, ledger, storeName(add.record.db)); err != nil {
			if ctx.Err() != nil || len(args) == 1 {
				return err
			}
			report(c.ErrOrStderr(), name, err)
			failed = true
		}
		failed = failed || t.failed > 0
	}
	if failed {
		return errReported
	}
	return nil
}

func (t *timeline) run(ctx context.Context, n *noter, l *record.Ledger, db string) error {
	if err := t.read(); err != nil {
		return err
	}
	if err := t.columns(ctx, n, l); err != nil {
		return err
	}
	rows, bad := note.Rows(t.table, t.mapping)
	if err := t.show(n, rows, bad); err != nil || t.flags.dryRun {
		return err
	}
	if len(rows) == 0 {
		return hintError{fmt.Errorf("%s: no row can be taken", t.name), "--map tells what the columns are"}
	}
	if err := t.agreed(); err != nil {
		return err
	}
	if err := l.SetSetting(ctx, t.setting(), strings.Join(append(t.mapping.Assignments(t.table), "dates="+string(t.mapping.Dates)), "\n")); err != nil {
		return recordError(err)
	}
	if err := t.add(ctx, n, l, rows); err != nil {
		return recordError(err)
	}
	return t.finish(db)
}

// read reads the file.
func (t *timeline) read() error {
	var b []byte
	var err error
	if t.name == ingest.Stdin {
		b, err = io.ReadAll(io.LimitReader(t.c.InOrStdin(), readout.DefaultMaxBytes+1))
		t.name = "standard input"
	} else {
		b, err = os.ReadFile(t.name)
	}
	if err != nil {
		return err
	}
	if len(b) > readout.DefaultMaxBytes {
		return fmt.Errorf("%s: %w", t.name, readout.ErrTooLarge)
	}
	if strings.HasPrefix(string(b[:min(4, len(b))]), "PK\x03\x04") {
		t.table, err = note.ParseWorkbook(t.name, b)
		return err
	}
	text, _, err := ingest.Decode(b)
	if err != nil {
		return fmt.Errorf("%s: %w", t.name, err)
	}
	t.table, err = note.ParseTable(t.name, text)
	return err
}

// setting is the name under which the mapping of a sheet is kept.
func (t *timeline) setting() string { return "timeline/" + filepath.Base(t.name) }

// columns is the mapping of the last time where it still fits, else a guess; then
// what the flags say.
func (t *timeline) columns(ctx context.Context, n *noter, l *record.Ledger) error {
	t.mapping = note.Guess(t.table, n.reg)
	if l != nil {
		kept, err := l.Setting(ctx, t.setting())
		if err != nil {
			return recordError(err)
		}
		if kept != "" {
			m := note.Guess(t.table, n.reg)
			t.kept = true
			for _, a := range strings.Split(kept, "\n") {
				if v, ok := strings.CutPrefix(a, "dates="); ok {
					m.Dates = note.Order(v)
				} else if err := m.Set(t.table, a); err != nil {
					t.kept = false // its columns have changed
					break
				}
			}
			if t.kept {
				t.mapping = m
			}
		}
	}
	for _, a := range t.flags.maps {
		if err := t.mapping.Set(t.table, a); err != nil {
			return usageError{fmt.Errorf("--map: %w", err)}
		}
	}
	if t.flags.dates != "" {
		t.mapping.Dates = note.Order(t.flags.dates)
	}
	if len(t.mapping.Columns["date"]) == 0 {
		return hintError{fmt.Errorf("%s: no column holds days", t.name), "--map date=COLUMN tells which"}
	}
	if len(t.mapping.Columns["what"]) == 0 && len(t.mapping.Columns["who"]) == 0 {
		return hintError{fmt.Errorf("%s: no column tells what happened", t.name), "--map what=COLUMN tells which"}
	}
	return nil
}

// shownRows is how many rows are shown before they are taken.
const shownRows = 5

// show says how the sheet is understood: on standard output in a dry run, else
// on standard error.
func (t *timeline) show(n *noter, rows []note.Row, bad []note.BadRow) error {
	w := t.c.ErrOrStderr()
	if t.flags.dryRun {
		w = t.c.OutOrStdout()
	}
	if t.kept && len(t.flags.maps) == 0 && !t.flags.dryRun {
		fmt.Fprintf(w, "readout: %s: the columns as the last time\n", t.name)
		t.list(w, bad)
		return nil
	}
	fmt.Fprintf(w, "%s: %s, %s\n", t.name, counted(len(rows)+len(bad), "row"), headed(t.mapping))
	used := map[int]bool{}
	for _, role := range note.Roles {
		var titles []string
		for _, i := range t.mapping.Columns[role] {
			used[i] = true
			titles = append(titles, fmt.Sprintf("%q", t.mapping.Title(t.table, i)))
		}
		if len(titles) > 0 {
			fmt.Fprintf(w, "  %-10s%s, %s\n", role, strings.Join(titles, " and "), t.mapping.Why[role])
		}
	}
	var left []string
	for i := range t.table.Rows[0].Cells {
		if !used[i] {
			left = append(left, fmt.Sprintf("%q", t.mapping.Title(t.table, i)))
		}
	}
	if len(left) > 0 {
		fmt.Fprintf(w, "  %-10s%s\n", "left out", strings.Join(left, ", "))
	}
	if t.mapping.Dates != note.OrderUnknown {
		fmt.Fprintf(w, "  days in figures are read %s\n", map[note.Order]string{note.OrderDay: "day first", note.OrderMonth: "month first"}[t.mapping.Dates])
	}
	fmt.Fprintln(w)
	for i := range rows[:min(shownRows, len(rows))] {
		r, err := t.reading(n, &rows[i])
		if err != nil {
			return err
		}
		event := ""
		for _, l := range note.Lines(r) {
			if strings.HasPrefix(l, "event: ") {
				event = strings.TrimPrefix(l, "event: ") // the row's own is the last
			}
		}
		fmt.Fprintf(w, "  row %d: %s\n", rows[i].Number, event)
	}
	if len(rows) > shownRows {
		fmt.Fprintf(w, "  and %d more\n", len(rows)-shownRows)
	}
	t.list(w, bad)
	return nil
}

func headed(m *note.Mapping) string {
	if m.Header < 0 {
		return "no headers"
	}
	return "under headers"
}

// list names the rows that cannot be taken.
func (t *timeline) list(w io.Writer, bad []note.BadRow) {
	for _, b := range bad {
		fmt.Fprintf(w, "readout: %s:%d: left out: %s\n", t.name, b.Number, b.Why)
	}
	if !t.flags.dryRun {
		t.failed = len(bad)
	}
}

// agreed asks whether the rows are to be kept, where somebody is there to ask.
func (t *timeline) agreed() error {
	switch {
	case t.flags.yes, t.kept && len(t.flags.maps) == 0, len(t.flags.maps) > 0 && !isTerminal(t.c.InOrStdin()):
		return nil
	case !isTerminal(t.c.InOrStdin()):
		return hintError{errors.New("nothing was kept: nobody has agreed to how the columns are read"), "--yes takes it, --map changes it, --dry-run only shows it"}
	}
	if !yes(t.c, "Keep the rows so? [Y/n] ") {
		return hintError{errors.New("nothing was kept"), "--map date=COLUMN,who=COLUMN tells what the columns are"}
	}
	return nil
}

// reading is a row as the reader and the sheet have it.
func (t *timeline) reading(n *noter, row *note.Row) (*reading.Reading, error) {
	a := t.article(row)
	whole := a.Text
	if row.What != "" {
		a.Text = row.What // alone, it reads as it would elsewhere
	}
	r, err := n.read(a)
	if err != nil {
		return nil, err
	}
	r.Document.Text = whole
	cfg := note.Config{By: t.flags.by, Registry: n.reg, Published: a.Published}
	return row.Read(r, t.now, cfg)
}

// article is the row as an article of its source, or of who keeps the sheet.
func (t *timeline) article(row *note.Row) readout.Article {
	a := readout.Article{
		Text: row.Text(), Key: t.key() + row.ID, Outlet: row.Source, Byline: t.flags.by, Credit: row.Source, Language: "en", Published: row.Told(t.now),
	}
	if a.Outlet == "" {
		a.Outlet = "note:" + t.flags.by
	}
	return a
}

// key begins the keys of the rows of a sheet.
func (t *timeline) key() string { return "timeline:" + filepath.Base(t.name) + ":" }

// add puts the rows into the record: one that is there as it stands adds
// nothing, one that is there otherwise is a new version.
func (t *timeline) add(ctx context.Context, n *noter, l *record.Ledger, rows []note.Row) error {
	there := map[string]*record.Article{} // the last version of each row
	for a, err := range l.ArticlesCalled(ctx, t.key()) {
		if err != nil {
			return err
		}
		if old := there[a.Key]; old == nil || !a.Since().Before(old.Since()) {
			there[a.Key] = a
		}
	}
	bar := newProgress(t.c.ErrOrStderr(), []string{t.name})
	defer bar.stop()
	for i := range rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		bar.step()
		row := &rows[i]
		a := t.article(row)
		old := there[a.Key]
		delete(there, a.Key)
		if old != nil {
			if old.Text == a.Text {
				t.known++
				continue
			}
			// Its name is made of these, and it stays the same article.
			a.Outlet, a.Published, a.Modified = old.Outlet, old.Published, t.now.Truncate(time.Second)
		}
		r, err := t.reading(n, row)
		if err != nil {
			t.failed++
			report(bar.log(), fmt.Sprintf("%s:%d", t.name, row.Number), err)
			continue
		}
		ra := recordArticle(&a)
		if old == nil || t.marked { // a row that is there has the marking that it was given
			if _, err := l.MarkIDs(ctx, []string{ra.ID()}, t.tlp, t.flags.by, ""); err != nil && !errors.Is(err, record.ErrPurged) {
				return err
			}
		}
		got, err := l.Add(ctx, &ra, r)
		switch {
		case errors.Is(err, record.ErrPurged):
			t.purged++
		case err != nil:
			return err
		case !got.New:
			t.known++
		case got.Changed:
			t.changed++
		default:
			t.added++
		}
	}
	bar.stop()
	if len(there) > 0 {
		var keys []string
		for k := range there {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		fmt.Fprintf(t.c.ErrOrStderr(), "readout: %s: %s of before no longer there, and kept: 'readout purge KEY --reason …' takes one out\n", t.name, counted(len(keys), "row"))
		for _, k := range keys[:min(len(keys), 10)] {
			fmt.Fprintf(t.c.ErrOrStderr(), "  %s\n", k)
		}
	}
	return nil
}

func (t *timeline) finish(db string) error {
	w := t.c.ErrOrStderr()
	fmt.Fprintf(w, "readout: %s: %s added", db, counted(t.added, "row"))
	for _, n := range []struct {
		n    int
		what string
	}{{t.changed, "changed"}, {t.known, "there already"}, {t.purged, "purged before and left out"}, {t.failed, "not taken"}} {
		if n.n > 0 {
			fmt.Fprintf(w, ", %d %s", n.n, n.what)
		}
	}
	fmt.Fprintln(w)
	return nil
}
