package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"readout/ingest/fetch"
	"readout/record"
	"readout/web"
	"readout/web/hook"
)

func newHookCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "hook",
		Short: "Addresses that are told of changes of status",
		Long: `Have other programs told of what changes: 'readout serve' posts to the address of
each hook, as JSON, which events of a process or a search came to have another
status, with the words that it rests on. What was there when a hook was made is
not told. Posts are signed with the hook's secret and come again, ever more
seldom, until they are taken (docs/serve.md).`,
		Example: `  readout hook add https://example.org/readout --process grain
  readout hook list
  readout hook test h4k2m1aa`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newHookAddCommand(), newHookListCommand(), newHookRemoveCommand(), newHookTestCommand(), newHookLogCommand())
	return c
}

// hookCommand is a command on the hooks of a record that is there.
func hookCommand(c *cobra.Command, f *recordFlags, run func(c *cobra.Command, l *record.Ledger, args []string) error) *cobra.Command {
	f.register(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := f.open(c.Context(), nil)
		if err != nil {
			return err
		}
		defer l.Close()
		err = run(c, l.Ledger, args)
		if errors.Is(err, hook.ErrNotFound) {
			return hintError{err, "'readout hook list' has them"}
		}
		return recordError(err)
	}
	return c
}

func newHookAddCommand() *cobra.Command {
	var f recordFlags
	var h hook.Hook
	c := &cobra.Command{
		Use:   "add URL",
		Short: "Tell an address from now on",
		Long: `Make a hook, and print its id and the secret that its posts are signed with. A
server that runs takes it up by itself.`,
		Example: `  readout hook add https://example.org/readout
  readout hook add https://example.org/readout --process grain --search inspection
  readout hook add http://127.0.0.1:9000/ --allow-private`,
		Args: cobra.ExactArgs(1),
	}
	fl := c.Flags()
	fl.StringVar(&h.Process, "process", "", "of the events of a process alone")
	fl.StringVar(&h.Search, "search", "", "of events whose names or words have all of these")
	fl.StringVar(&h.Secret, "secret", "", "sign with this (default: one is made)")
	fl.BoolVar(&h.Private, "allow-private", false, "the address may be in a private network, or of this machine")
	return hookCommand(c, &f, func(c *cobra.Command, l *record.Ledger, args []string) error {
		h.URL, h.By, h.When = args[0], userName(), time.Now().UTC()
		got, err := hook.Add(c.Context(), l, h)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.OutOrStdout(), "%s\t%s\n", got.ID, got.Secret)
		fmt.Fprintln(c.ErrOrStderr(), "readout: the second is the secret that posts are signed with; 'readout hook test' posts something")
		return nil
	})
}

func newHookListCommand() *cobra.Command {
	var f recordFlags
	var format string
	c := &cobra.Command{
		Use: "list", Short: "The hooks, and how far each has got", Args: cobra.NoArgs,
		Example: "  readout hook list --format json",
	}
	c.Flags().StringVar(&format, "format", "text", "text, json")
	return hookCommand(c, &f, func(c *cobra.Command, l *record.Ledger, _ []string) error {
		list, err := hook.List(c.Context(), l)
		if err != nil {
			return err
		}
		w := c.OutOrStdout()
		for _, h := range list {
			s, err := hook.StateOf(c.Context(), l, h.ID)
			if err != nil {
				return err
			}
			switch format {
			case "json":
				h.Secret = "" // of whoever made it
				err = json.NewEncoder(w).Encode(struct {
					hook.Hook
					Pending int             `json:"pending"`
					Log     []hook.Delivery `json:"log"`
				}{h, len(s.Pending), s.Log})
			case "text":
				err = printHook(w, &h, s)
			default:
				return usageError{fmt.Errorf("--format %q: text or json", format)}
			}
			if err != nil {
				return err
			}
		}
		if len(list) == 0 {
			fmt.Fprintln(c.ErrOrStderr(), "readout: there are no hooks; 'readout hook add URL' makes one")
		}
		return nil
	})
}

func printHook(w io.Writer, h *hook.Hook, s *hook.State) error {
	of := "all events"
	if h.Process != "" {
		of = "process " + h.Process
	}
	if h.Search != "" {
		of += ", " + h.Search
	}
	state := "nothing told yet"
	if n := len(s.Log); n > 0 {
		d := s.Log[n-1]
		state = "last told " + d.Ended.Format("2006-01-02 15:04") + " UTC"
		if d.Wrong != "" {
			state = "given up " + d.Ended.Format("2006-01-02 15:04") + " UTC: " + d.Wrong
		}
	}
	if n := len(s.Pending); n > 0 {
		state += fmt.Sprintf("; %s on the way", counted(n, "post"))
		if d := s.Pending[0]; d.Wrong != "" {
			state += fmt.Sprintf(", tried %s, again at %s UTC: %s", counted(d.Tries, "time"), d.Next.Format("15:04"), d.Wrong)
		}
	}
	_, err := fmt.Fprintf(w, "%s  %s\n    of %s; %s\n", h.ID, h.URL, of, state)
	return err
}

func newHookRemoveCommand() *cobra.Command {
	var f recordFlags
	c := &cobra.Command{Use: "rm ID", Short: "Tell an address no more", Args: cobra.ExactArgs(1), Example: "  readout hook rm h4k2m1aa"}
	return hookCommand(c, &f, func(c *cobra.Command, l *record.Ledger, args []string) error {
		h, err := hook.Find(c.Context(), l, args[0])
		if err != nil {
			return err
		}
		return hook.Remove(c.Context(), l, h.ID)
	})
}

func newHookTestCommand() *cobra.Command {
	var f recordFlags
	c := &cobra.Command{
		Use: "test ID", Short: "Post something, and tell what is answered", Args: cobra.ExactArgs(1),
		Long:    "Post to the address of a hook, once, a body with \"test\": true and no changes.",
		Example: "  readout hook test h4k2m1aa",
	}
	return hookCommand(c, &f, func(c *cobra.Command, l *record.Ledger, args []string) error {
		h, err := hook.Find(c.Context(), l, args[0])
		if err != nil {
			return err
		}
		status, err := hook.New(hook.Config{Ledger: l, Tells: web.Tells, Agent: agent()}).Test(c.Context(), &h)
		if errors.Is(err, fetch.ErrPrivate) {
			return hintError{fmt.Errorf("%s: %w", h.URL, fetch.ErrPrivate), "make it with 'readout hook add --allow-private' if that is meant"}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", h.URL, err)
		}
		fmt.Fprintf(c.OutOrStdout(), "%s answers %d\n", h.URL, status)
		return nil
	})
}

func newHookLogCommand() *cobra.Command {
	var f recordFlags
	c := &cobra.Command{
		Use: "log ID", Short: "What was posted, the last last", Args: cobra.ExactArgs(1),
		Long: "Print the last hundred posts of a hook that arrived or were given up, then those on their way.", Example: "  readout hook log h4k2m1aa",
	}
	return hookCommand(c, &f, func(c *cobra.Command, l *record.Ledger, args []string) error {
		h, err := hook.Find(c.Context(), l, args[0])
		if err != nil {
			return err
		}
		s, err := hook.StateOf(c.Context(), l, h.ID)
		if err != nil {
			return err
		}
		for _, d := range append(s.Log, s.Pending...) {
			became := "on the way"
			switch {
			case !d.Ended.IsZero() && d.Wrong == "":
				became = fmt.Sprintf("arrived (%d)", d.Status)
			case !d.Ended.IsZero():
				became = "given up"
			}
			line := []string{d.When.Format(time.RFC3339), d.ID, counted(d.Changes, "change"), became, counted(d.Tries, "try")}
			line[4] = strings.Replace(line[4], "trys", "tries", 1)
			if d.Wrong != "" {
				line = append(line, d.Wrong)
			}
			fmt.Fprintln(c.OutOrStdout(), strings.Join(line, "  "))
		}
		return nil
	})
}
