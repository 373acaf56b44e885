// Command readout reads news text about diplomacy and prints what it says.
//
// It is the only package that knows every other: flags, wiring and exit codes
// live here, nothing else does.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// usageError is a mistake in the command line itself: exit code 2.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// hintError carries what the user can do about an error.
type hintError struct {
	error
	hint string
}

func (e hintError) Unwrap() error { return e.error }

// errReported ends a command with exit code 1 after it has said all there is to
// say on standard error.
var errReported = errors.New("reported")

// run executes the command line and gives the exit code: 0, 1 for an error, 2
// for wrong usage. Results go to stdout, everything else to stderr.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRootCommand()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	if errors.Is(err, errReported) {
		return 1
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		fmt.Fprintln(stderr, "readout: stopped")
		return 1
	}
	// cobra has no type for this one.
	if strings.HasPrefix(err.Error(), "unknown command ") {
		err = usageError{hintError{err, "see 'readout --help'"}}
	}
	fmt.Fprintf(stderr, "readout: error: %v\n", strings.TrimSpace(err.Error()))
	var h hintError
	if errors.As(err, &h) {
		fmt.Fprintf(stderr, "readout: hint: %s\n", h.hint)
	}
	var u usageError
	if errors.As(err, &u) {
		return 2
	}
	return 1
}

// The groups of commands in the help.
const (
	groupReading = "reading"
	groupRecord  = "record"
	groupQueue   = "queue"
	groupModels  = "models"
)

func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "readout",
		Short: "Read news about diplomacy: who met whom, who said what, what is planned",
		Long: `Readout reads news about diplomacy and prints what a careful reader takes from
it: who met or called whom, who said what, what is only planned and what it
waits for, what is on the table.

Start here:
  readout demo                see what it makes of the articles that come with it
  readout read article.txt    read an article of your own
  readout add news/           put many into a record, then ask it: readout state`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{hintError{err, fmt.Sprintf("see '%s --help'", c.CommandPath())}}
	})
	root.SetVersionTemplate("readout {{.Version}}\n")
	root.AddGroup(&cobra.Group{ID: groupReading, Title: "Reading:"}, &cobra.Group{ID: groupRecord, Title: "The record:"}, &cobra.Group{ID: groupQueue, Title: "Many workers, one record:"}, &cobra.Group{ID: groupModels, Title: "Making and measuring models:"})
	root.SetHelpCommandGroupID(groupReading)
	root.SetCompletionCommandGroupID(groupReading)
	for _, c := range []*cobra.Command{newDemoCommand(), newReadCommand(), newCodeCommand(), newResolveCommand(), newParseCommand(), newVersionCommand()} {
		c.GroupID = groupReading
		root.AddCommand(c)
	}
	for _, c := range []*cobra.Command{
		newAddCommand(), newWatchCommand(), newNoteCommand(), newStateCommand(), newTimelineCommand(), newChangesCommand(), newMetCommand(), newSaidCommand(), newEventCommand(), newActorCommand(),
		newIssuesCommand(), newDueCommand(), newCompareCommand(), newSearchCommand(), newClaimCommand(), newServeCommand(), newHookCommand(), newUserCommand(), newExportCommand(), newCheckCommand(), newBackupCommand(), newRereadCommand(), newPurgeCommand(),
		newProcessCommand(), newMarkCommand(), newDecideCommand(), newReviewCommand(), newBriefCommand(), newMCPCommand(),
	} {
		c.GroupID = groupRecord
		root.AddCommand(c)
	}
	for _, c := range []*cobra.Command{newIngestCommand(), newWorkerCommand(), newQueueCommand(), newDeadCommand(), newMoveCommand()} {
		c.GroupID = groupQueue
		root.AddCommand(c)
	}
	for _, c := range []*cobra.Command{newTrainCommand(), newEvalCommand()} {
		c.GroupID = groupModels
		root.AddCommand(c)
	}
	root.AddCommand(newPDFCommand())
	countArgs(root)
	return root
}

// countArgs makes a wrong number of arguments a mistake in the command line, of
// all commands, that tells what they are.
func countArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error {
			err := check(c, args)
			if err == nil {
				return nil
			}
			if strings.HasPrefix(err.Error(), "unknown command ") && !c.HasSubCommands() { // cobra's words for NoArgs
				err = fmt.Errorf("%s takes no arguments, and %q is one", c.CommandPath(), args[0])
			}
			return usageError{hintError{err, "it is: " + c.UseLine()}}
		}
	}
	for _, s := range c.Commands() {
		countArgs(s)
	}
}
