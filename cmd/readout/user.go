package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"readout/web/account"
)

func newUserCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "user",
		Short: "Who may read and write over the web: users, their roles, tokens for programs",
		Long: `The users of a record. A reader sees all pages, an editor adds articles and
decides, an admin sees how the server does too.

Users are kept in the record, so that all servers of it have the same, and what
is changed here counts with the next request. As long as there are none, 'readout
serve' is for its own machine alone and lets all in who work there. Of a password
a hash is kept (argon2id), of a token too. Exports have nothing of this; backups
and 'readout move' do.`,
		Example: `  readout user add anna --role admin
  readout user role ben editor
  readout user token add anna --label calendar --role reader --expires 90d
  readout user list`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newUserAddCommand(), newUserListCommand(), newUserRoleCommand(), newUserPasswordCommand(), newUserLogoutCommand(), newUserRemoveCommand(), newTokenCommand())
	return c
}

// withBook opens the record and lets f work with its users.
func withBook(c *cobra.Command, r *recordFlags, f func(ctx context.Context, b *account.Book) error) error {
	l, err := r.open(c.Context(), nil)
	if err != nil {
		return err
	}
	defer l.Close()
	return userError(f(c.Context(), account.NewBook(l.Ledger)))
}

// userError adds what can be done about an error of accounts.
func userError(err error) error {
	for _, h := range []struct {
		is   error
		hint string
	}{
		{account.ErrUnknown, "'readout user list' has them all"},
		{account.ErrTaken, "'readout user role' and 'readout user password' change who is there"},
		{account.ErrLast, "make another one admin first: readout user role NAME admin"},
		{account.ErrToken, "'readout user token list' has them all"},
	} {
		if errors.Is(err, h.is) {
			return hintError{err, h.hint}
		}
	}
	return err
}

func parseRole(s string) (account.Role, error) {
	r, err := account.ParseRole(s)
	if err != nil {
		return 0, usageError{err}
	}
	return r, nil
}

func completeRoles(c *cobra.Command) {
	// An error here is a flag that does not exist: the tests run this.
	_ = c.RegisterFlagCompletionFunc("role", cobra.FixedCompletions(account.RoleNames(), cobra.ShellCompDirectiveNoFileComp))
}

func newUserAddCommand() *cobra.Command {
	var f recordFlags
	var role string
	var signOn bool
	c := &cobra.Command{
		Use:   "add NAME",
		Short: "Make a user",
		Long: `Make a user, with a password that is asked for, or is the first line of standard
input. With --sign-on the user has none and signs on elsewhere ('readout serve
--oidc-issuer'): NAME is the address of e-mail that is known there.`,
		Example: `  readout user add anna --role admin
  readout user add ben --role editor < password.txt
  readout user add ben@example.org --sign-on`,
		Args: cobra.ExactArgs(1),
	}
	f.register(c)
	c.Flags().StringVar(&role, "role", account.Reader.String(), "what the user may: "+strings.Join(account.RoleNames(), ", "))
	c.Flags().BoolVar(&signOn, "sign-on", false, "without a password: signs on elsewhere")
	completeRoles(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		r, err := parseRole(role)
		if err != nil {
			return err
		}
		name, err := account.ParseName(args[0])
		if err != nil {
			return usageError{fmt.Errorf("%q: %w", args[0], err)}
		}
		return withBook(c, &f, func(ctx context.Context, b *account.Book) error {
			list, err := b.Accounts(ctx)
			if err != nil {
				return err
			}
			for _, a := range list {
				if a.Name == name { // before a password is asked for
					return fmt.Errorf("%w: %s", account.ErrTaken, name)
				}
			}
			password := ""
			if !signOn {
				if password, err = askPassword(c, name); err != nil {
					return err
				}
			}
			if err := b.Add(ctx, name, r, password); err != nil {
				return err
			}
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s is %s\n", name, r)
			if len(list) == 0 && r < account.Admin {
				fmt.Fprintln(c.ErrOrStderr(), "readout: nobody is admin yet: readout user role NAME admin")
			}
			return nil
		})
	}
	return c
}

func newUserListCommand() *cobra.Command {
	var f recordFlags
	var format string
	c := &cobra.Command{Use: "list", Short: "All users with their roles and tokens", Args: cobra.NoArgs}
	f.register(c)
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.RunE = func(c *cobra.Command, _ []string) error {
		return withBook(c, &f, func(ctx context.Context, b *account.Book) error {
			list, err := b.List(ctx)
			if err != nil {
				return err
			}
			return printUsers(c.OutOrStdout(), list, format)
		})
	}
	return c
}

func printUsers(w io.Writer, lines []account.Listing, format string) error {
	switch format {
	case "json":
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(lines)
	case "text":
	default:
		return usageError{hintError{fmt.Errorf("--format %q", format), "text or json"}}
	}
	if len(lines) == 0 {
		_, err := fmt.Fprintln(w, "No users yet: 'readout user add NAME --role admin' makes one.")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintln(t, "NAME\tROLE\tSINCE\tTOKENS\tSIGNS IN")
	for _, u := range lines {
		how := "here"
		if !u.Password {
			how = "elsewhere"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%s\n", u.Name, u.Role, dayOf(u.Created, ""), len(u.Tokens), how)
	}
	return t.Flush()
}

// dayOf is the day of a time, or what stands for none.
func dayOf(t time.Time, none string) string {
	if t.IsZero() {
		return none
	}
	return t.Local().Format(time.DateOnly)
}

func newUserRoleCommand() *cobra.Command {
	var f recordFlags
	c := &cobra.Command{
		Use:   "role NAME ROLE",
		Short: "Give a user another role: " + strings.Join(account.RoleNames(), ", "),
		Long:  "Give a user another role. All sessions of the user end; no token may more than its user.",
		Args:  cobra.ExactArgs(2),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 1 {
				return account.RoleNames(), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
	}
	f.register(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		r, err := parseRole(args[1])
		if err != nil {
			return err
		}
		return withBook(c, &f, func(ctx context.Context, b *account.Book) error {
			if err := b.SetRole(ctx, strings.ToLower(args[0]), r); err != nil {
				return err
			}
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s is %s\n", strings.ToLower(args[0]), r)
			return nil
		})
	}
	return c
}

func newUserPasswordCommand() *cobra.Command {
	var f recordFlags
	c := &cobra.Command{
		Use:   "password NAME",
		Short: "Give a user another password",
		Long:  "Give a user another password: it is asked for, or is the first line of standard\ninput. All sessions of the user end; tokens stay.",
		Args:  cobra.ExactArgs(1),
	}
	f.register(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		name := strings.ToLower(args[0])
		return withBook(c, &f, func(ctx context.Context, b *account.Book) error {
			list, err := b.Accounts(ctx)
			if err != nil {
				return err
			}
			known := false
			for _, a := range list {
				known = known || a.Name == name
			}
			if !known {
				return fmt.Errorf("%w: %s", account.ErrUnknown, name)
			}
			password, err := askPassword(c, name)
			if err != nil {
				return err
			}
			if err := b.SetPassword(ctx, name, password); err != nil {
				return err
			}
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s has another password, and must sign in again\n", name)
			return nil
		})
	}
	return c
}

func newUserLogoutCommand() *cobra.Command {
	var f recordFlags
	c := &cobra.Command{Use: "logout NAME", Short: "End all sessions of a user", Args: cobra.ExactArgs(1)}
	f.register(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return withBook(c, &f, func(ctx context.Context, b *account.Book) error {
			n, err := b.EndSessions(ctx, args[0])
			if err != nil {
				return err
			}
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s: %d sessions ended\n", args[0], n)
			return nil
		})
	}
	return c
}

func newUserRemoveCommand() *cobra.Command {
	var f recordFlags
	c := &cobra.Command{
		Use:   "rm NAME",
		Short: "Remove a user, with all sessions and tokens",
		Long:  "Remove a user, with all sessions and tokens. What the user decided stays, with the\nname.",
		Args:  cobra.ExactArgs(1),
	}
	f.register(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		name := strings.ToLower(args[0])
		return withBook(c, &f, func(ctx context.Context, b *account.Book) error {
			if err := b.Remove(ctx, name); err != nil {
				return err
			}
			fmt.Fprintf(c.ErrOrStderr(), "readout: %s is no user any more\n", name)
			return nil
		})
	}
	return c
}

// askPassword asks for a new password, twice, without showing it; without a
// terminal it is the first line of standard input.
func askPassword(c *cobra.Command, name string) (string, error) {
	in, ok := c.InOrStdin().(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(c.InOrStdin(), 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("password: %w", err)
		}
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			return "", hintError{errors.New("no password on standard input"), "run it at a terminal, or give the password as the first line"}
		}
		return line, nil
	}
	first, err := readHidden(c.Context(), in, c.ErrOrStderr(), "Password for "+name+": ")
	if err != nil {
		return "", err
	}
	again, err := readHidden(c.Context(), in, c.ErrOrStderr(), "Once more: ")
	if err != nil {
		return "", err
	}
	if first != again {
		return "", errors.New("these are two passwords; nothing was changed")
	}
	if first == "" {
		return "", errors.New("no password was given; nothing was changed")
	}
	return first, nil
}

// readHidden reads a line that the terminal does not show, and leaves the
// terminal as it was when ctx ends before.
func readHidden(ctx context.Context, in *os.File, to io.Writer, prompt string) (string, error) {
	was, err := term.GetState(int(in.Fd()))
	if err != nil {
		return "", err
	}
	fmt.Fprint(to, prompt)
	defer fmt.Fprintln(to)
	type line struct {
		text []byte
		err  error
	}
	got := make(chan line, 1)
	go func() {
		b, err := term.ReadPassword(int(in.Fd()))
		got <- line{b, err}
	}()
	select {
	case l := <-got:
		return string(l.text), l.err
	case <-ctx.Done():
		return "", errors.Join(ctx.Err(), term.Restore(int(in.Fd()), was))
	}
}
