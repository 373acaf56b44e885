package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"readout/web/account"
)

func newTokenCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "token",
		Short: "Tokens by which programs read and write in a user's name",
		Long: `Tokens are for programs that ask a server: 'Authorization: Bearer readout_…', or,
for feed readers and calendars that know names and passwords only, the user's
name with the token for a password. A token may what its user may, or less; it
ends when it expires, is removed, or its user is.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newTokenAddCommand(), newTokenListCommand(), newTokenRemoveCommand())
	return c
}

func newTokenAddCommand() *cobra.Command {
	var f recordFlags
	var label, role, expires string
	c := &cobra.Command{
		Use:     "add NAME",
		Short:   "Make a token of a user; it is shown this once",
		Example: "  readout user token add anna --label calendar --role reader\n  TOKEN=$(readout user token add anna --expires 30d)",
		Args:    cobra.ExactArgs(1),
	}
	f.register(c)
	fl := c.Flags()
	fl.StringVar(&label, "label", "", "what it is for")
	fl.StringVar(&role, "role", account.Reader.String(), "what it may, at most: "+strings.Join(account.RoleNames(), ", "))
	fl.StringVar(&expires, "expires", "90d", "when it ends: 12h, 90d, a day as 2026-12-31, or never")
	completeRoles(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		r, err := parseRole(role)
		if err != nil {
			return err
		}
		end, err := parseExpiry(expires, time.Now())
		if err != nil {
			return usageError{err}
		}
		return withBook(c, &f, func(ctx context.Context, b *account.Book) error {
			secret, t, err := b.AddToken(ctx, strings.ToLower(args[0]), account.Token{Label: label, Role: r, Expires: end})
			if err != nil {
				return err
			}
			fmt.Fprintln(c.OutOrStdout(), secret)
			fmt.Fprintf(c.ErrOrStderr(), "readout: token %s of %s: %s, until %s. It is not shown again.\n", t.ID, strings.ToLower(args[0]), t.Role, dayOf(t.Expires, "it is removed"))
			return nil
		})
	}
	return c
}

// parseExpiry reads when a token ends; the zero time is never.
func parseExpiry(s string, now time.Time) (time.Time, error) {
	if s == "never" {
		return time.Time{}, nil
	}
	end := time.Time{}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n <= 36500 {
			end = now.AddDate(0, 0, n)
		}
	} else if d, err := time.ParseDuration(s); err == nil {
		end = now.Add(d)
	} else if t, err := time.ParseInLocation(time.DateOnly, s, now.Location()); err == nil {
		end = t.AddDate(0, 0, 1)
	}
	if !end.After(now) {
		return time.Time{}, hintError{fmt.Errorf("--expires %q", s), "a time to come: 12h, 90d, a day as 2026-12-31, or never"}
	}
	return end.UTC().Truncate(time.Second), nil
}

func newTokenListCommand() *cobra.Command {
	var f recordFlags
	var format string
	c := &cobra.Command{Use: "list [NAME]", Short: "Tokens, of all users or one, with when they were used", Args: cobra.MaximumNArgs(1)}
	f.register(c)
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.RunE = func(c *cobra.Command, args []string) error {
		return withBook(c, &f, func(ctx context.Context, b *account.Book) error {
			list, err := b.List(ctx)
			if err != nil {
				return err
			}
			var out []tokenLine
			known := len(args) == 0
			for _, u := range list {
				if len(args) > 0 && u.Name != strings.ToLower(args[0]) {
					continue
				}
				known = true
				for _, t := range u.Tokens {
					out = append(out, tokenLine{u.Name, t})
				}
			}
			if !known {
				return fmt.Errorf("%w: %s", account.ErrUnknown, args[0])
			}
			return printTokens(c, out, format)
		})
	}
	return c
}

// tokenLine is a token with whose it is.
type tokenLine struct {
	User string `json:"user"`
	account.TokenListing
}

func printTokens(c *cobra.Command, list []tokenLine, format string) error {
	w := c.OutOrStdout()
	switch format {
	case "json":
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(append([]tokenLine{}, list...))
	case "text":
	default:
		return usageError{hintError{fmt.Errorf("--format %q", format), "text or json"}}
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(w, "No tokens.")
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintln(tw, "ID\tUSER\tROLE\tUNTIL\tUSED\tFOR")
	for _, t := range list {
		end := dayOf(t.Expires, "removed")
		if !t.Expires.IsZero() && !time.Now().Before(t.Expires) {
			end = "expired"
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.User, t.Role, end, dayOf(t.Used, "never"), t.Label)
	}
	return tw.Flush()
}

func newTokenRemoveCommand() *cobra.Command {
	var f recordFlags
	c := &cobra.Command{Use: "rm NAME ID", Short: "Remove a token of a user", Args: cobra.ExactArgs(2)}
	f.register(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if args[1] == "" {
			return usageError{errors.New("which token?")}
		}
		return withBook(c, &f, func(ctx context.Context, b *account.Book) error {
			if err := b.RemoveToken(ctx, strings.ToLower(args[0]), args[1]); err != nil {
				return err
			}
			fmt.Fprintf(c.ErrOrStderr(), "readout: token %s of %s counts no more\n", args[1], strings.ToLower(args[0]))
			return nil
		})
	}
	return c
}
