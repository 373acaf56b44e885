package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"readout/ingest/pdf"
)

// A PDF is read by another process of this program, which may use so much and no
// more: what a file does to the parser ends with that process.
const (
	pdfTime   = 30 * time.Second
	pdfMemory = 512 << 20
	pdfText   = 10 << 20
	pdfFile   = 100 << 20
)

// readPDF gives the text of a PDF.
func readPDF(ctx context.Context, b []byte) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	within, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	cmd := exec.CommandContext(within, self)
	cmd.Args = []string{"readout", pdfCommand}
	cmd.Stdin = bytes.NewReader(b)
	var out, problem bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problem
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case within.Err() != nil:
		return "", fmt.Errorf("%w: it took longer than %s", pdf.ErrTooLarge, pdfTime)
	case err != nil:
		first, _, _ := strings.Cut(strings.TrimPrefix(problem.String(), "readout: error: "), "\n")
		if first == "" {
			first = err.Error()
		}
		return "", errors.New(first)
	}
	return out.String(), nil
}

const pdfCommand = "pdf-text"

// newPDFCommand is what readPDF starts; it is not for people.
func newPDFCommand() *cobra.Command {
	return &cobra.Command{
		Use:    pdfCommand,
		Short:  "Print the text of the PDF on standard input",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			debug.SetMemoryLimit(pdfMemory / 2) // collect early
			go watchMemory(c.ErrOrStderr())
			b, err := io.ReadAll(io.LimitReader(c.InOrStdin(), pdfFile))
			if err != nil {
				return err
			}
			text, err := pdf.Text(b)
			if err != nil {
				return err
			}
			_, err = io.WriteString(c.OutOrStdout(), text[:min(len(text), pdfText)])
			return err
		},
	}
}

// watchMemory ends the process when it holds too much.
func watchMemory(w io.Writer) {
	held := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for range time.Tick(10 * time.Millisecond) {
		metrics.Read(held)
		if held[0].Value.Uint64()-held[1].Value.Uint64() > pdfMemory {
			fmt.Fprintf(w, "readout: error: %v: it took more than %d MB of memory\n", pdf.ErrTooLarge, pdfMemory>>20)
			os.Exit(1)
		}
	}
}
