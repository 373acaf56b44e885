// Package natstest runs NATS servers for tests, each in a process of its own that
// can be killed.
//
// The process is the test's own program again: TestMain must call Main first.
package natstest

import (
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// env tells a process that it is a server, and which.
const env = "READOUT_NATSTEST"

// node is one server of a cluster.
type node struct {
	Name          string
	Dir           string
	Client, Route int // ports
	Routes        []int
	MaxPayload    int32
	File          string         // of a server as a file says: StartFile
	RouteOf       map[string]int // in it: the ports for routes, by the servers' names
}

// Main runs a server and does not return where this process is to be one.
func Main() {
	s := os.Getenv(env)
	if s == "" {
		return
	}
	if err := serve(s); err != nil {
		fmt.Fprintln(os.Stderr, "natstest:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func serve(config string) error {
	var n node
	if err := json.Unmarshal([]byte(config), &n); err != nil {
		return err
	}
	o, err := n.options()
	if err != nil {
		return err
	}
	s, err := server.NewServer(o)
	if err != nil {
		return err
	}
	s.ConfigureLogger()
	s.Start()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
	<-stop
	s.Shutdown()
	s.WaitForShutdown()
	return nil
}

func (n *node) options() (*server.Options, error) {
	if n.File != "" {
		return n.fromFile()
	}
	o := &server.Options{
		ServerName: n.Name, Host: "127.0.0.1", Port: n.Client, JetStream: true, StoreDir: n.Dir, NoSigs: true, MaxPayload: n.MaxPayload,
		LogFile: filepath.Join(n.Dir, "log"),
	}
	if len(n.Routes) > 0 {
		o.Cluster = server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: n.Route}
	}
	for _, p := range n.Routes {
		o.Routes = append(o.Routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", p)})
	}
	return o, nil
}

// fromFile are the options in a configuration file, with the places of a test.
func (n *node) fromFile() (*server.Options, error) {
	if err := os.Setenv("NATS_NAME", n.Name); err != nil {
		return nil, err
	}
	o, err := server.ProcessConfigFile(n.File)
	if err != nil {
		return nil, err
	}
	o.Host, o.Port, o.HTTPHost, o.HTTPPort = "127.0.0.1", n.Client, "127.0.0.1", server.RANDOM_PORT
	o.StoreDir, o.NoSigs, o.LogFile = n.Dir, true, filepath.Join(n.Dir, "log")
	o.Cluster.Host, o.Cluster.Port = "127.0.0.1", n.Route
	for _, r := range o.Routes {
		port, ok := n.RouteOf[r.Hostname()]
		if !ok {
			return nil, fmt.Errorf("%s: no server has the name of the route %s", n.File, r)
		}
		r.Host = fmt.Sprintf("127.0.0.1:%d", port)
	}
	return o, nil
}

// Cluster is some servers that know each other.
type Cluster struct {
	nodes []node
	procs []*exec.Cmd
}

// Start starts a cluster of n servers and stops it at the end of the test.
func Start(t testing.TB, n int) *Cluster {
	t.Helper()
	c := &Cluster{procs: make([]*exec.Cmd, n)}
	ports := free(t, 2*n)
	for i := range n {
		c.nodes = append(c.nodes, node{Name: fmt.Sprintf("n%d", i), Dir: t.TempDir(), Client: ports[2*i], Route: ports[2*i+1], MaxPayload: 8 << 20})
	}
	for i := range n {
		for j := range n {
			if i != j {
				c.nodes[i].Routes = append(c.nodes[i].Routes, c.nodes[j].Route)
			}
		}
	}
	c.start(t)
	return c
}

// StartFile starts a server of each name as a configuration file says, in which
// NATS_NAME is the name. Only where servers listen and keep their files is told by
// the test, since all of them are on one machine.
func StartFile(t testing.TB, file string, names ...string) *Cluster {
	t.Helper()
	c := &Cluster{procs: make([]*exec.Cmd, len(names))}
	ports := free(t, 2*len(names))
	routes := map[string]int{}
	for i, name := range names {
		routes[name] = ports[2*i+1]
		c.nodes = append(c.nodes, node{Name: name, Dir: t.TempDir(), Client: ports[2*i], Route: ports[2*i+1], File: file, RouteOf: routes})
	}
	c.start(t)
	return c
}

// start starts all servers, until the end of the test.
func (c *Cluster) start(t testing.TB) {
	t.Helper()
	t.Cleanup(func() {
		for i := range c.nodes {
			c.Kill(t, i)
		}
	})
	for i := range c.nodes {
		c.Up(t, i)
	}
}

// free are ports that nobody listens on.
func free(t testing.TB, n int) []int {
	t.Helper()
	var ports []int
	var open []net.Listener
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, l)
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	for _, l := range open {
		l.Close()
	}
	return ports
}

// URL is the address of all servers.
func (c *Cluster) URL() string {
	var out []string
	for i := range c.nodes {
		out = append(out, c.nodeURL(i))
	}
	return strings.Join(out, ",")
}

func (c *Cluster) nodeURL(i int) string { return "nats://" + c.Addr(i) }

// Addr is where a server listens, HOST:PORT.
func (c *Cluster) Addr(i int) string { return fmt.Sprintf("127.0.0.1:%d", c.nodes[i].Client) }

// Up starts a server and waits until it answers.
func (c *Cluster) Up(t testing.TB, i int) {
	t.Helper()
	b, err := json.Marshal(c.nodes[i])
	if err != nil {
		t.Fatal(err)
	}
	p := exec.Command(os.Args[0])
	p.Env = append(os.Environ(), env+"="+string(b))
	p.Stderr = os.Stderr
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	c.procs[i] = p
	for range 200 {
		conn, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", c.nodes[i].Client), time.Second)
		if err == nil {
			conn.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("server %d does not start", i)
}

// Kill kills a server as kill -9 does.
func (c *Cluster) Kill(t testing.TB, i int) {
	t.Helper()
	p := c.procs[i]
	if p == nil {
		return
	}
	c.procs[i] = nil
	if err := p.Process.Kill(); err != nil {
		t.Logf("kill server %d: %v", i, err)
	}
	_ = p.Wait() // it was killed
}

// PIDs are the processes of the servers that run.
func (c *Cluster) PIDs() []int {
	var out []int
	for _, p := range c.procs {
		if p != nil {
			out = append(out, p.Process.Pid)
		}
	}
	return out
}

// Leader is which server leads a stream, -1 for none.
func (c *Cluster) Leader(t testing.TB, stream string) int {
	t.Helper()
	nc, err := nats.Connect(c.URL(), nats.Timeout(5*time.Second))
	if err != nil {
		return -1
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	s, err := js.Stream(t.Context(), stream)
	if err != nil {
		return -1
	}
	if info := s.CachedInfo(); info.Cluster != nil {
		for i := range c.nodes {
			if c.nodes[i].Name == info.Cluster.Leader {
				return i
			}
		}
	}
	return -1
}
