package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"readout/record"
	"readout/sheet"
)

func newProcessCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "process",
		Short: "Dossiers: named sets of actors, issues and places that gather what belongs to them",
		Long: `A process is a dossier: a named set of actors, issues and places. It gathers
articles, events and statements of its own accord, those that are in the record
and those that come, and what is put in by hand. Every view, export and brief
takes --process NAME.

An event belongs when two members of the set have a part in it: two actors, or
an actor and one of the issues or the place. Of a set with one member that one
is enough; of a set without actors, an issue or a place. A country means all who
act for it. A statement belongs when it speaks of an event that does, or by who
says it, to whom and on what; an article, when one of its events or statements
does. What is put in or taken out by hand goes before that (docs/process.md).

Everything is a decision, with who, when and why, and can be undone.`,
		Example: `  readout process new "Grain deal" --actor Russia --actor Ukraine --actor "United Nations" --issue "grain exports"
  readout process show "Grain deal"
  readout state --process "Grain deal"`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newProcessNewCommand(), newProcessAddCommand(), newProcessRemoveCommand(), newProcessListCommand(), newProcessShowCommand())
	return c
}

// thingFlags name what goes into a process or out of it.
type thingFlags struct{ record.Things }

func (f *thingFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringArrayVar(&f.Actors, "actor", nil, "a person, body or country, with all who act for it; may be given again")
	fl.StringArrayVar(&f.Issues, "issue", nil, "an issue, as 'readout issues' names it; again for more")
	fl.StringArrayVar(&f.Places, "place", nil, "a place; again for more")
	fl.StringArrayVar(&f.Articles, "article", nil, "an article's id, address or key, by hand; again for more")
	fl.StringArrayVar(&f.Events, "event", nil, "an event's id, by hand; again for more")
}

func (f *thingFlags) none() bool {
	return len(f.Actors)+len(f.Issues)+len(f.Places)+len(f.Articles)+len(f.Events) == 0
}

// processFlags are the settings of the commands that change a process.
type processFlags struct {
	record recordFlags
	by     byFlags
	things thingFlags
}

func (f *processFlags) register(c *cobra.Command) {
	f.record.register(c)
	f.by.register(c)
	f.things.register(c)
}

// change opens the record, lets f change it and shows the process.
func (f *processFlags) change(c *cobra.Command, change func(*record.Ledger) (name string, err error)) error {
	if err := f.by.check(); err != nil {
		return err
	}
	l, err := f.record.open(c.Context(), nil)
	if err != nil {
		return err
	}
	defer l.Close()
	name, err := change(l.Ledger)
	if err != nil {
		return processHint(recordError(err))
	}
	v, err := l.ShowProcess(c.Context(), record.Query{Process: name})
	if err != nil {
		return recordError(err)
	}
	fmt.Fprintf(c.ErrOrStderr(), "readout: process %q: %s\n", v.Process.Name, sheet.Gathers(v))
	board, err := l.Issues(c.Context(), record.Query{})
	if err != nil {
		return recordError(err)
	}
	unknownIssues(c, board, f.things.Issues)
	return nil
}

// unknownIssues tells of issues that no article has so far: a slip, it may be.
func unknownIssues(c *cobra.Command, board *record.Board, issues []string) {
	have := map[string]bool{}
	var names []string
	for _, s := range board.Stands {
		have[strings.ToLower(s.Topic)] = true
		names = append(names, s.Topic)
	}
	for _, x := range issues {
		if !have[strings.ToLower(strings.Join(strings.Fields(x), " "))] {
			fmt.Fprintf(c.ErrOrStderr(), "readout: no article has the issue %q so far; there is %s\n", x, strings.Join(names[:min(len(names), 12)], ", "))
		}
	}
}

// processHint says what to do about a process or a member that is not there.
func processHint(err error) error {
	switch {
	case errors.Is(err, record.ErrTaken):
		return hintError{err, "'readout process add' puts more into it"}
	case errors.Is(err, record.ErrAmbiguous):
		return hintError{err, "say more of the name"}
	case errors.Is(err, record.ErrNotFound):
		return hintError{err, "'readout search WORDS' finds articles with their ids, 'readout actor NAME' actors"}
	}
	return err
}

func newProcessNewCommand() *cobra.Command {
	var f processFlags
	var title string
	c := &cobra.Command{
		Use:   "new NAME",
		Short: "Make a process",
		Long: `Make a process of a set of actors, issues and places. Its name may have spaces;
one that could be an id is refused.`,
		Example: `  readout process new "Grain deal" --actor Russia --actor Ukraine --actor Turkey --actor "United Nations"
  readout process new ceasefire --title "Talks on a ceasefire" --issue ceasefire --why "for the desk"`,
		Args: cobra.ExactArgs(1),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if _, err := record.ProcessName(args[0]); err != nil {
			return usageError{err}
		}
		return f.change(c, func(l *record.Ledger) (string, error) {
			return l.NewProcess(c.Context(), args[0], title, f.things.Things, f.by.by, f.by.why)
		})
	}
	f.register(c)
	c.Flags().StringVar(&title, "title", "", "a title for briefs")
	return c
}

func newProcessAddCommand() *cobra.Command {
	var f processFlags
	c := &cobra.Command{
		Use:   "add NAME",
		Short: "Put actors, issues, places, articles or events into a process",
		Example: `  readout process add "Grain deal" --actor Guterres --place Istanbul
  readout process add "Grain deal" --event e3k9x2mw --why "the deal hangs on it"`,
		Args: cobra.ExactArgs(1),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if f.things.none() {
			return usageError{hintError{errors.New("put what into it?"), "--actor, --issue, --place, --article or --event"}}
		}
		return f.change(c, func(l *record.Ledger) (string, error) {
			_, err := l.Include(c.Context(), args[0], f.things.Things, f.by.by, f.by.why)
			return args[0], err
		})
	}
	f.register(c)
	return c
}

func newProcessRemoveCommand() *cobra.Command {
	var f processFlags
	c := &cobra.Command{
		Use:   "rm NAME",
		Short: "Take things out of a process, or the whole process away",
		Long: `Take actors, issues, places, articles or events out of a process; an article or
event that is taken out stays out whatever the set gathers. Without any, the
process itself is taken away: what it gathered stays in the record. Each is a
decision, and can be undone.`,
		Example: `  readout process rm "Grain deal" --event e3k9x2mw --why "another deal"
  readout process rm "Grain deal"`,
		Args: cobra.ExactArgs(1),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if !f.things.none() {
			return f.change(c, func(l *record.Ledger) (string, error) {
				_, err := l.Exclude(c.Context(), args[0], f.things.Things, f.by.by, f.by.why)
				return args[0], err
			})
		}
		if err := f.by.check(); err != nil {
			return err
		}
		l, err := f.record.open(c.Context(), nil)
		if err != nil {
			return err
		}
		defer l.Close()
		id, err := l.CloseProcess(c.Context(), args[0], f.by.by, f.by.why)
		if err != nil {
			return processHint(recordError(err))
		}
		fmt.Fprintf(c.ErrOrStderr(), "readout: process %q is taken away; decision %s can be undone\n", args[0], sheet.Short(id))
		return nil
	}
	f.register(c)
	return c
}

func newProcessListCommand() *cobra.Command {
	var f viewFlags
	c := &cobra.Command{
		Use:   "list",
		Short: "The processes of the record",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			q, err := f.query()
			if err != nil {
				return err
			}
			return ask(c, &f, q, func(l *record.Ledger) (*record.Processes, error) { return l.Processes(c.Context(), q) }, sheet.Processes)
		},
	}
	f.registerPage(c)
	return c
}

func newProcessShowCommand() *cobra.Command {
	var f viewFlags
	c := &cobra.Command{
		Use:     "show NAME",
		Short:   "What a process is made of, and what it gathers",
		Example: `  readout process show "Grain deal" --as-of 2022-11-05`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			q, err := f.query()
			if err != nil {
				return err
			}
			q.Process = args[0]
			return processHint(ask(c, &f, q, func(l *record.Ledger) (*record.ProcessView, error) { return l.ShowProcess(c.Context(), q) }, sheet.Process))
		},
	}
	f.registerPage(c)
	return c
}
