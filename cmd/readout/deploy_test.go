package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
)

// TestDeploy: the commands in the compose file and the units are commands, with
// flags that they have, and the configuration of NATS is one.
func TestDeploy(t *testing.T) {
	dir := filepath.Join("..", "..", "deploy")
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	var commands [][]string
	for _, m := range regexp.MustCompile(`(?m)^    (command|entrypoint): \[(.*)\]$`).FindAllStringSubmatch(read("compose.yaml"), -1) {
		args := strings.Split(strings.NewReplacer(`"`, "", " ", "").Replace(m[2]), ",")
		if m[1] == "entrypoint" {
			args = args[1:]
		}
		commands = append(commands, args)
	}
	for _, name := range []string{"readout-worker@.service", "readout-serve.service"} {
		m := regexp.MustCompile(`(?m)^ExecStart=\S+/readout (.*)$`).FindStringSubmatch(read(filepath.Join("systemd", name)))
		if m == nil {
			t.Fatalf("%s starts nothing", name)
		}
		commands = append(commands, strings.Fields(m[1]))
	}
	if len(commands) < 5 {
		t.Errorf("%d commands found, want at least 5: %v", len(commands), commands)
	}
	for _, args := range commands {
		c, rest, err := newRootCommand().Find(args)
		if err != nil || c.Name() != args[0] {
			t.Errorf("readout %v: no such command: %v", args, err)
			continue
		}
		if err := c.ParseFlags(rest); err != nil {
			t.Errorf("readout %v: %v", args, err)
		}
	}
	t.Setenv("NATS_NAME", "nats1")
	o, err := server.ProcessConfigFile(filepath.Join(dir, "nats.conf"))
	if err != nil {
		t.Fatal(err)
	}
	if !o.JetStream || !o.SyncAlways || o.ServerName != "nats1" || len(o.Routes) != 3 || o.MaxPayload < 8_000_000 {
		t.Errorf("nats.conf: JetStream %v, sync %v, name %q, %d routes, max_payload %d", o.JetStream, o.SyncAlways, o.ServerName, len(o.Routes), o.MaxPayload)
	}
}
