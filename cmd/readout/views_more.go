package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"readout/record"
	"readout/sheet"
)

// viewCommand makes the command of a view: its flags, and what is printed.
type viewCommand struct {
	use, short, long, example string
	args                      cobra.PositionalArgs
	flags                     func(c *cobra.Command)
	run                       func(c *cobra.Command, args []string, f *viewFlags, q record.Query) error
}

func (v viewCommand) command() *cobra.Command {
	var f viewFlags
	c := &cobra.Command{
		Use: v.use, Short: v.short, Long: v.long, Example: v.example, Args: v.args,
		RunE: func(c *cobra.Command, args []string) error {
			q, err := f.query()
			if err != nil {
				return err
			}
			return nameHint(v.run(c, args, &f, q))
		},
	}
	f.register(c)
	if v.flags != nil {
		v.flags(c)
	}
	return c
}

// nameHint says what to do about a name that the record does not have.
func nameHint(err error) error {
	switch {
	case errors.Is(err, record.ErrAmbiguous):
		return hintError{err, "say more of the name"}
	case errors.Is(err, record.ErrNotFound):
		return hintError{err, "'readout search WORDS' finds articles, 'readout timeline' lists events with their ids"}
	}
	return err
}

func newChangesCommand() *cobra.Command {
	var since string
	var all bool
	return viewCommand{
		use: "changes --since DAY", short: "What changed since a day: new, confirmed, denied, moved, taken back",
		long: `Print what changed in the record from one moment to another: events that are new
or no longer as they were, dates that were moved, parties that confirmed or
denied, accounts that were taken back, events that turned out to be one,
positions that moved. Each comes with the words it rests on.`,
		example: `  readout changes --since 2025-08-15
  readout changes --since 2025-08-15 --as-of 2025-08-19T09:00:00Z`,
		args: cobra.NoArgs,
		flags: func(c *cobra.Command) {
			c.Flags().StringVar(&since, "since", "", "the day (to its end) or instant from which to tell; needed")
			c.Flags().BoolVar(&all, "all", false, "with the slightest events too")
		},
		run: func(c *cobra.Command, _ []string, f *viewFlags, q record.Query) (err error) {
			if since == "" {
				return usageError{hintError{errors.New("changes since when?"), "--since 2025-08-15, or an instant"}}
			}
			if q.Since, err = moment("--since", since, true); err != nil {
				return err
			}
			q.All = all
			now := q.AsOf
			if now.IsZero() {
				now = time.Now()
			}
			if q.Since.After(now) {
				return usageError{errors.New("--since is later than --as-of")}
			}
			return ask(c, f, q, func(l *record.Ledger) (*record.Changes, error) { return l.Changes(c.Context(), q) }, sheet.Changes)
		},
	}.command()
}

func newMetCommand() *cobra.Command {
	return viewCommand{
		use: "met A B", short: "Meetings, calls and visits of two people, bodies or countries",
		long: `Print the meetings, calls, talks and visits of two actors, held and spoken of. A
country, or what stands for it ("Moscow"), means all who act for it.`,
		example: `  readout met "Kim Jong Un" Trump
  readout met Russia "United Nations" --as-of 2022-11-11`,
		args: cobra.ExactArgs(2),
		run: func(c *cobra.Command, args []string, f *viewFlags, q record.Query) error {
			return ask(c, f, q, func(l *record.Ledger) (*record.Met, error) { return l.Met(c.Context(), q, args[0], args[1]) }, sheet.Met)
		},
	}.command()
}

func newSaidCommand() *cobra.Command {
	var about, since string
	var limit int
	return viewCommand{
		use: "said [ACTOR]", short: "Who said what, each statement once with all who report it",
		long: `Print statements, the last first: what an actor said, or everybody. One quotation
in many papers is one statement; so is what one speaker said at one time in
much the same words.`,
		example: `  readout said Guterres
  readout said Russia --about extension
  readout said --about ceasefire --since 2025-08-01`,
		args: cobra.MaximumNArgs(1),
		flags: func(c *cobra.Command) {
			fl := c.Flags()
			fl.StringVar(&about, "about", "", "words that stand in it, a topic, or an event's id")
			fl.StringVar(&since, "since", "", "published since this day or instant")
			fl.IntVar(&limit, "limit", 0, "the last so many (default 50)")
		},
		run: func(c *cobra.Command, args []string, f *viewFlags, q record.Query) (err error) {
			if q.Since, err = moment("--since", since, false); err != nil {
				return err
			}
			q.Limit = limit
			by := strings.Join(args, "")
			return ask(c, f, q, func(l *record.Ledger) (*record.Said, error) { return l.Said(c.Context(), q, by, about) }, sheet.Said)
		},
	}.command()
}

func newEventCommand() *cobra.Command {
	return viewCommand{
		use: "event ID", short: "One event: its status, who says what of it, where it is told",
		long: `Print one event with its ledger: its status and why, the line of every party,
accounts that differ, what it waits for and is tied to, what was said of it,
and every article that tells of it, with why it was joined.

Other views print an event's id in brackets; its beginning is enough.`,
		example: `  readout event e3k9x2mw
  readout event e3k9x2mw --as-of 2025-08-19`,
		args: cobra.ExactArgs(1),
		run: func(c *cobra.Command, args []string, f *viewFlags, q record.Query) error {
			return ask(c, f, q, func(l *record.Ledger) (*record.EventView, error) { return l.Event(c.Context(), q, args[0]) }, sheet.Event)
		},
	}.command()
}

func newActorCommand() *cobra.Command {
	var limit int
	return viewCommand{
		use: "actor NAME", short: "Somebody: names, roles, events, statements, positions",
		long: `Print what the record has of a person, a body or a country: how articles name it
and in what roles, with whom it was seen, what it takes part in, says, and
where it stands.`,
		example: `  readout actor Guterres
  readout actor Russia --limit 5`,
		args: cobra.ExactArgs(1),
		flags: func(c *cobra.Command) {
			c.Flags().IntVar(&limit, "limit", 0, "lines in each part (default 15)")
		},
		run: func(c *cobra.Command, args []string, f *viewFlags, q record.Query) error {
			q.Limit = limit
			return ask(c, f, q, func(l *record.Ledger) (*record.ActorView, error) { return l.Actor(c.Context(), q, args[0]) }, sheet.Actor)
		},
	}.command()
}

func newIssuesCommand() *cobra.Command {
	return viewCommand{
		use: "issues", short: "Who stands where on each issue, and how that moved",
		long: `Print the issues on the table, the stance of each party on them with the words
behind it, and the stances it had before.`,
		example: `  readout issues
  readout issues --as-of 2025-08-19 --format markdown`,
		args: cobra.NoArgs,
		run: func(c *cobra.Command, _ []string, f *viewFlags, q record.Query) error {
			return ask(c, f, q, func(l *record.Ledger) (*record.Board, error) { return l.Issues(c.Context(), q) }, sheet.Issues)
		},
	}.command()
}

func newSearchCommand() *cobra.Command {
	var limit int
	return viewCommand{
		use: "search WORDS…", short: "Articles that have all the words, with the sentences",
		long: `Print the articles of the record that have all the words, in any form of them,
with the sentences they stand in. A word that ends with * is a beginning.`,
		example: `  readout search grain corridor
  readout search 'ceasef*' --as-of 2025-08-19`,
		args: cobra.MinimumNArgs(1),
		flags: func(c *cobra.Command) {
			c.Flags().IntVar(&limit, "limit", 0, "articles (default 20)")
		},
		run: func(c *cobra.Command, args []string, f *viewFlags, q record.Query) error {
			q.Limit = limit
			words := strings.Join(args, " ")
			if !strings.ContainsFunc(words, func(r rune) bool { return r != '*' && r != ' ' }) {
				return usageError{fmt.Errorf("%q has no word to look for", words)}
			}
			return ask(c, f, q, func(l *record.Ledger) (*record.Found, error) { return l.Search(c.Context(), q, words) }, sheet.Search)
		},
	}.command()
}
