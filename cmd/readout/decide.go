package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"readout/record"
	"readout/sheet"
)

func newDecideCommand() *cobra.Command {
	var f decideFlags
	var file string
	c := &cobra.Command{
		Use:   "decide",
		Short: "Accept, correct, reject, merge, split, and undo it: for scripts",
		Long: `Say what is right where the machine is not. A decision is one more entry of the
ledger, with who, when and why; it is about words of articles, never about what
one reading calls them, so it holds when the articles are read again, and in new
versions as far as the same words stand there. Where they do not it is not
applied, and is listed: 'readout decide list --stale'. Everything can be undone.
docs/decide.md has what can be corrected; 'readout review' is the same by
keyboard.

Ids are those that views print, or their beginnings. Each command first tells
what it changes; with --dry-run nothing is kept.

With --file decisions are taken from lines of JSON, each {"do": …, "ids": […],
"field": …, "value": …, "by": …, "why": …}, or as 'readout export' prints them;
what else an export has is passed over. Lines that cannot be done are told, the
others are kept.`,
		Example: `  readout decide correct e3k9x2mw status=planned day=2025-08-22 --why "see the readout"
  readout decide merge e3k9x2mw e71bq0zz
  readout decide undo d4m2k8aa
  readout decide --file decisions.jsonl --dry-run`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if file == "" {
				return c.Help()
			}
			return f.batch(c, file)
		},
	}
	f.register(c)
	c.Flags().StringVar(&file, "file", "", "decisions in lines of JSON; - is standard input")
	c.AddCommand(
		newDecideThingCommand(record.DoAccept, "What the machine read is right",
			`Say that what the machine read is right. It changes nothing, and shows with the
event or statement.`, "  readout decide accept e3k9x2mw"),
		newDecideCorrectCommand(), newDecideWhoCommand(), newDecideCredibilityCommand(), newDecideLinkCommand(),
		newDecideThingCommand(record.DoReject, "It is not what the words say",
			`Say that events or statements are not what the words say: they are in no view
any more. Of an event all accounts are rejected, with --account those by the ids
that are given.`, "  readout decide reject s5k2m1aa --why 'a caption'"),
		newDecideThingCommand(record.DoMerge, "They are one event, or one statement",
			`Say that events are one, or statements. All their accounts are tied to each
other, whatever the rules of joining say; a later split of one of them goes before that.`, "  readout decide merge e3k9x2mw e71bq0zz"),
		newDecideSplitCommand(), newDecideUndoCommand(), newDecideListCommand(), newDecideShowCommand(),
	)
	return c
}

// decideFlags are the settings of the commands that decide.
type decideFlags struct {
	view    viewFlags
	by      byFlags
	dryRun  bool
	account bool
}

func (f *decideFlags) register(c *cobra.Command) {
	f.view.registerPage(c)
	f.by.register(c)
	c.Flags().BoolVarP(&f.dryRun, "dry-run", "n", false, "tell what it would change, and keep nothing")
}

func (f *decideFlags) registerAccount(c *cobra.Command) {
	f.register(c)
	c.Flags().BoolVar(&f.account, "account", false, "the accounts by these ids alone, not the events they belong to")
}

// do proposes what is asked for, tells what it changes, and keeps it.
func (f *decideFlags) do(c *cobra.Command, asks ...record.Ask) error {
	q, err := f.view.query()
	if err != nil {
		return err
	}
	if err := f.by.check(); err != nil {
		return err
	}
	ctx := c.Context()
	l, err := f.view.record.open(ctx, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	var list []record.Decision
	for _, a := range asks {
		a.By, a.Why, a.Account = f.by.by, f.by.why, f.account
		d, err := l.Propose(ctx, q, a)
		if err != nil {
			return decideError(err)
		}
		list = append(list, *d)
	}
	return f.keep(ctx, c, l.Ledger, q, list)
}

// keep shows what decisions change and keeps them, but for a dry run.
func (f *decideFlags) keep(ctx context.Context, c *cobra.Command, l *record.Ledger, q record.Query, list []record.Decision) error {
	p, err := l.Preview(ctx, q, list...)
	if err != nil {
		return decideError(err)
	}
	if err := f.take(ctx, l, p); err != nil {
		return err
	}
	if err := f.view.show(c.OutOrStdout(), p, sheet.Preview(p)); err != nil {
		return err
	}
	if f.dryRun {
		fmt.Fprintln(c.ErrOrStderr(), "readout: a dry run: nothing was kept")
	}
	return nil
}

// take keeps what was looked at; in a dry run it takes away the ids, which no
// decision will have.
func (f *decideFlags) take(ctx context.Context, l *record.Ledger, p *record.Preview) error {
	if f.dryRun {
		for i := range p.Decisions {
			p.Decisions[i].ID = ""
		}
		return nil
	}
	_, err := l.Decide(ctx, p.List()...)
	return decideError(err)
}

func decideError(err error) error {
	if errors.Is(err, record.ErrNotFound) || errors.Is(err, record.ErrAmbiguous) {
		return nameHint(recordError(err))
	}
	return recordError(err)
}

func newDecideThingCommand(do, short, long, example string) *cobra.Command {
	var f decideFlags
	least := 1
	use := do + " ID…"
	if do == record.DoMerge {
		least, use = 2, do+" ID ID…"
	}
	c := &cobra.Command{
		Use: use, Short: short, Long: long, Example: example, Args: cobra.MinimumNArgs(least),
		RunE: func(c *cobra.Command, args []string) error { return f.do(c, record.Ask{Do: do, IDs: args}) },
	}
	f.registerAccount(c)
	return c
}

func newDecideCorrectCommand() *cobra.Command {
	var f decideFlags
	c := &cobra.Command{
		Use:   "correct ID FIELD=VALUE…",
		Short: "A field has another value",
		Long: `Give fields of an event, a statement or a position another value. Of an event
with several accounts the ones are corrected that the value rests on; they are
shown. With --account it is the one by that id alone.

Of an event: kind, format, level, status, place, day, deadline, participants
("NAME; NAME as mediator"), participant+ and participant- (one more, one less),
condition+ ("if WORDS" of the article; or once, unless, until, by), condition-,
conditions and links (to none). Of a statement: source, act, standing, record,
channel, day, text. Of a position: stance, topic, party. A day is 2025-08-22,
2025-08-22/2025-08-24, 2025-08 or unknown. Who somebody is, is told with
'readout decide who'.

How credible it is, 1 to 6, is told with 'readout decide credibility', and what an
event is tied to with 'readout decide link'.`,
		Example: `  readout decide correct e3k9x2mw status=planned day=2025-08-22
  readout decide correct e3k9x2mw participant+="António Guterres as mediator"
  readout decide correct e3k9x2mw condition+="once visas are granted"
  readout decide correct s5k2m1aa source=sergei-lavrov --why "he, not the ministry"`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			var asks []record.Ask
			for _, a := range args[1:] {
				field, value, ok := strings.Cut(a, "=")
				if !ok {
					return usageError{hintError{fmt.Errorf("%q is no FIELD=VALUE", a), "see 'readout decide correct --help'"}}
				}
				asks = append(asks, record.Ask{Do: record.DoCorrect, IDs: args[:1], Field: strings.TrimSpace(field), Value: value})
			}
			return f.do(c, asks...)
		},
	}
	f.registerAccount(c)
	return c
}

func newDecideWhoCommand() *cobra.Command {
	var f decideFlags
	c := &cobra.Command{
		Use:   "who ARTICLE NAME WHO",
		Short: "Who it is that an article names",
		Long: `Say who it is that an article names, for all that this article tells of him or
her. ARTICLE is an article's id, address or key, or the id of an event or
statement in it. NAME is the name or title as it stands there. WHO is a key of
the registry ('readout resolve NAME' prints keys), a full name, or "nobody known".`,
		Example: `  readout decide who e3k9x2mw "the foreign minister" sergei-lavrov
  readout decide who v2c1d3ff Kim "nobody known"`,
		Args: cobra.ExactArgs(3),
		RunE: func(c *cobra.Command, args []string) error {
			return f.do(c, record.Ask{Do: record.DoCorrect, IDs: args[:1], Name: args[1], Field: "who", Value: args[2]})
		},
	}
	f.register(c)
	return c
}

func newDecideCredibilityCommand() *cobra.Command {
	var f decideFlags
	var grades strings.Builder
	for i, g := range record.Credibilities {
		fmt.Fprintf(&grades, "  %d  %s\n", i+1, g)
	}
	c := &cobra.Command{
		Use:   "credibility ID… GRADE",
		Short: "How credible a claim is: 1 to 6 of the Admiralty code",
		Long: `Say how credible a claim is, by the Admiralty code for information (STANAG 2511):

` + grades.String() + `
GRADE unknown takes it back. The id of a statement grades what is said in it,
whoever reports it; that of an event what articles tell of it in their own voice,
with --account what the one by that id tells. It is of what is claimed, apart from
how reliable an outlet is, A to F; no status follows from it.`,
		Example: `  readout decide credibility s5k2m1aa 3 --why "nobody else says so"
  readout decide credibility --account e71bq0zz 5 --why "the hall was closed that day"`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			ids, grade := args[:len(args)-1], args[len(args)-1]
			if err := record.CheckField(record.OnStatement, "credibility", grade); err != nil {
				return usageError{err}
			}
			return f.do(c, record.Ask{Do: record.DoCorrect, IDs: ids, Field: "credibility", Value: grade})
		},
	}
	f.registerAccount(c)
	return c
}

func newDecideLinkCommand() *cobra.Command {
	var f decideFlags
	c := &cobra.Command{
		Use:   "link EVENT KIND EVENT",
		Short: "What an event is tied to: it requires, follows … another",
		Long: `Tie an event to another one, told in the same article or in any other. KIND is
` + strings.Join(record.LinkKinds(), ", ") + `, or none: they are not tied. It takes the
place of what was read, or decided before, of these two.`,
		Example: `  readout decide link e3k9x2mw requires e71bq0zz --why "the note says so"
  readout decide link e3k9x2mw none e71bq0zz`,
		Args: cobra.ExactArgs(3),
		RunE: func(c *cobra.Command, args []string) error {
			return f.do(c, record.Ask{Do: record.DoLink, IDs: []string{args[0], args[2]}, Value: args[1]})
		},
	}
	f.registerAccount(c)
	return c
}

func newDecideSplitCommand() *cobra.Command {
	var f decideFlags
	c := &cobra.Command{
		Use:   "split EVENT ACCOUNT…",
		Short: "These accounts are another event than the others",
		Long: `Split accounts off an event, or a statement: they are one, and nobody else's.
What is told of them in other articles does not join them unless it is merged
with them later. The accounts of an event are in 'readout event ID'. With a
single id it is that account.`,
		Example: "  readout decide split e3k9x2mw e71bq0zz",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return f.do(c, record.Ask{Do: record.DoSplit, IDs: args}) },
	}
	f.register(c)
	return c
}

func newDecideUndoCommand() *cobra.Command {
	var f decideFlags
	c := &cobra.Command{
		Use:   "undo DECISION",
		Short: "A decision does not count",
		Long: `Undo a decision: it does not count any more, and what it did is as it was. An
undoing is a decision too, and can be undone. So are those that put things into
processes and mark articles.`,
		Example: "  readout decide undo d4m2k8aa --why 'the wrong day'",
		Args:    cobra.ExactArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return f.do(c, record.Ask{Do: record.DoUndo, IDs: args}) },
	}
	f.register(c)
	return c
}

func newDecideListCommand() *cobra.Command {
	var f viewFlags
	var since string
	var limit int
	var stale bool
	c := &cobra.Command{
		Use:   "list",
		Short: "What was decided, by whom, when and why",
		Long: `Print what people decided, the last first, what was undone too. With --stale only
decisions that count and do not hold for the newest version of an article: their
words are not there any more, or nothing that was read stands on them.`,
		Example: `  readout decide list --since 2025-08-01
  readout decide list --stale`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			q, err := f.query()
			if err != nil {
				return err
			}
			if q.Since, err = moment("--since", since, false); err != nil {
				return err
			}
			q.Limit = limit
			return ask(c, &f, q, func(l *record.Ledger) (*record.Log, error) {
				if !stale {
					return l.Decisions(c.Context(), q)
				}
				list, err := l.Stale(c.Context())
				return &record.Log{Head: record.Head{View: "decisions"}, Decisions: list}, err
			}, func(v *record.Log) *sheet.Page {
				if stale {
					return sheet.Stale(v)
				}
				return sheet.Decisions(v)
			})
		},
	}
	f.register(c)
	c.Flags().StringVar(&since, "since", "", "decisions since then")
	c.Flags().IntVar(&limit, "limit", 0, "the last so many (default: all)")
	c.Flags().BoolVar(&stale, "stale", false, "only those that do not hold for what articles say now")
	return c
}

func newDecideShowCommand() *cobra.Command {
	var f viewFlags
	c := &cobra.Command{
		Use:     "show DECISION",
		Short:   "One decision with its words",
		Example: "  readout decide show d4m2k8aa",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			q, err := f.query()
			if err != nil {
				return err
			}
			return ask(c, &f, q, func(l *record.Ledger) (*record.Taken, error) {
				t, err := l.Decision(c.Context(), args[0])
				if errors.Is(err, record.ErrNotFound) {
					err = hintError{err, "'readout decide list' has the ids of decisions"}
				}
				return t, err
			}, func(t *record.Taken) *sheet.Page {
				return &sheet.Page{Title: "A decision", Sections: []sheet.Section{{Lines: []sheet.Line{sheet.Taken(t)}}}}
			})
		},
	}
	f.register(c)
	return c
}

// batch takes decisions from a file.
func (f *decideFlags) batch(c *cobra.Command, name string) error {
	q, err := f.view.query()
	if err != nil {
		return err
	}
	in := c.InOrStdin()
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	ctx := c.Context()
	l, err := f.view.record.open(ctx, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	kept, failed := 0, 0
	for o, err := range record.ReadOrders(in) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			err = f.one(ctx, c.OutOrStdout(), l.Ledger, q, &o)
		}
		if err != nil {
			failed++
			if o.Line > 0 && !strings.HasPrefix(err.Error(), "line ") {
				err = fmt.Errorf("line %d: %w", o.Line, err)
			}
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s: %v\n", name, err)
			continue
		}
		kept++
	}
	does := "kept"
	if f.dryRun {
		does = "could be kept; a dry run: nothing was"
	}
	fmt.Fprintf(c.ErrOrStderr(), "readout: %s: %s %s\n", storeName(f.view.record.db), counted(kept, "decision"), does)
	if failed > 0 {
		return errReported
	}
	return nil
}

// one takes one line of a file of decisions and prints what it changes.
func (f *decideFlags) one(ctx context.Context, w io.Writer, l *record.Ledger, q record.Query, o *record.Order) error {
	d := o.Decision
	if o.Ask != nil {
		var err error
		if d, err = l.Propose(ctx, q, *o.Ask); err != nil {
			return err
		}
	}
	if d.By == "" {
		d.By = f.by.by
	}
	if d.Why == "" {
		d.Why = f.by.why
	}
	p, err := l.Preview(ctx, q, *d)
	if err != nil {
		return err
	}
	if err := f.take(ctx, l, p); err != nil {
		return err
	}
	if f.view.format == "json" { // lines
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(p)
	}
	return f.view.show(w, p, sheet.Preview(p))
}
