package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"readout": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
		stop()
		os.Exit(code)
	}})
}

// Each script in testdata/script is a session at the command line.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			return write(env.WorkDir)
		},
	})
}

// write makes the inputs that a script cannot hold: bytes that are no text, and
// very long lines.
func write(dir string) error {
	for name, text := range map[string]string{
		"nul.txt":     "The minister\x00 left.",
		"latin.txt":   "The minister said \x93we agree\x94 at a caf\xe9 in Z\xfcrich on Monday.\n",
		"bom.txt":     "\uFEFFThe two ministers met in Geneva on Monday.\n",
		"crlf.txt":    "Ministers meet in Geneva\r\n\r\nThe two ministers met in Geneva on Monday.\r\n",
		"empty.txt":   "",
		"picture.txt": "\x89PNG\r\n\x1a\n\x00\x00",
		"line.txt":    strings.Repeat("The two ministers met in Geneva on Monday and agreed to meet again. ", 1<<20/68),
		"long.txt":    strings.Repeat("the minister and ", 20_000/3) + "left",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
