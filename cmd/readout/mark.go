package main

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"strings"

	"github.com/spf13/cobra"

	"readout/record"
)

// byFlags say who decides and why.
type byFlags struct {
	by  string
	why string
}

func (f *byFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.by, "by", userName(), "who decides (or READOUT_BY; default: the user's name)")
	c.Flags().StringVar(&f.why, "why", "", "why")
}

// userName is whom decisions are put down to when nobody is named.
func userName() string {
	if by := os.Getenv("READOUT_BY"); by != "" {
		return by
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

func (f *byFlags) check() error {
	if strings.TrimSpace(f.by) == "" {
		return usageError{hintError{errors.New("who decides?"), "--by NAME, or READOUT_BY"}}
	}
	return nil
}

func newMarkCommand() *cobra.Command {
	var f recordFlags
	var by byFlags
	c := &cobra.Command{
		Use:   "mark ARTICLE… LEVEL",
		Short: "Say with whom an article or a note may be shared: " + strings.Join(record.TLPNames(), ", "),
		Long: `Give articles or notes a marking of the Traffic Light Protocol, from the least
strict: ` + strings.Join(record.TLPNames(), ", ") + `. What no one has marked is clear when an
outlet published it, and amber when it is a note.

'readout export' and 'readout brief' give what is clear; --tlp raises that. What
they leave out they look away from: an event that other articles tell as well is
given as those have it. A marking holds for all versions of an article and for
all moments that are looked at; the last one counts, and it can be undone.

ARTICLE is the id that views print, or its beginning, the article's address, or
the id it was handed in with.`,
		Example: `  readout mark a3k9x2mw amber --by ana --why "told in confidence"
  readout mark https://example.org/story clear`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			names, level := args[:len(args)-1], args[len(args)-1]
			tlp, err := record.ParseTLP(level)
			if err != nil {
				return usageError{hintError{err, "the level stands last: readout mark ARTICLE… LEVEL"}}
			}
			if err := by.check(); err != nil {
				return err
			}
			l, err := f.open(c.Context(), nil)
			if err != nil {
				return err
			}
			defer l.Close()
			marked, err := l.Mark(c.Context(), names, tlp, by.by, by.why)
			if err != nil {
				return nameHint(recordError(err))
			}
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s marked TLP:%s", counted(len(marked), "article"), strings.ToUpper(tlp.String()))
			if n := len(names) - len(marked); n > 0 {
				fmt.Fprintf(c.ErrOrStderr(), ", %d had that marking", n)
			}
			fmt.Fprintln(c.ErrOrStderr())
			return nil
		},
	}
	f.register(c)
	by.register(c)
	return c
}

// shareFlags say what may leave the house.
type shareFlags struct {
	tlp string
}

func (f *shareFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.tlp, "tlp", record.TLPClear.String(), "the strictest marking that may be in it: "+strings.Join(record.TLPNames(), ", "))
	// An error here is a flag that does not exist: the tests run this.
	_ = c.RegisterFlagCompletionFunc("tlp", cobra.FixedCompletions(record.TLPNames(), cobra.ShellCompDirectiveNoFileComp))
}

// level reads the flag.
func (f *shareFlags) level() (record.TLP, error) {
	t, err := record.ParseTLP(f.tlp)
	if err != nil {
		return 0, usageError{fmt.Errorf("--tlp: %w", err)}
	}
	return t, nil
}

// tellWithheld says on standard error how much q.TLP leaves out.
func tellWithheld(c *cobra.Command, l *record.Ledger, q record.Query) error {
	n, err := l.Withheld(c.Context(), q)
	if err != nil || n == 0 {
		return err
	}
	fmt.Fprintf(c.ErrOrStderr(), "readout: left out what rests on %s marked above %s; --tlp %s would have all\n", counted(n, "article"), q.TLP, record.TLPRed)
	return nil
}
