// Command distant counts what a program reads of a database on a server that is far away:
//
//	go run ./tests/distant [-runs N] DATABASE LATENCY COMMAND ARGUMENT…
//
// It serves the file on the loopback, runs the command with MACH_DB set to its URL, and prints a line of JSON on standard
// error for each run:
//
//	{"bytes": 556152, "connections": 32, "milliseconds": 640, "requests": 155}
//
// LATENCY is how long a message takes there and back, such as 50ms: a connection takes one to begin, as TCP does, and a
// request one until the answer begins. Bytes are those of the answers' bodies. The server wants to be asked each time
// whether the file is still the same, so that a second run shows what that takes.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync/atomic"
	"time"
)

func main() {
	runs := flag.Int("runs", 1, "how often the command runs")
	flag.Parse()
	if flag.NArg() < 3 {
		fmt.Fprintln(os.Stderr, "usage: distant [-runs N] DATABASE LATENCY COMMAND ARGUMENT…")
		os.Exit(2)
	}
	code, err := run(*runs, flag.Arg(0), flag.Arg(1), flag.Args()[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "distant:", err)
		os.Exit(3)
	}
	os.Exit(code)
}

func run(runs int, database, latency string, command []string) (code int, err error) {
	d := &distant{database: database}
	if d.latency, err = time.ParseDuration(latency); err != nil {
		return 0, err
	}
	if d.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return 0, err
	}
	go http.Serve(d, d)
	for range runs {
		if code, err = d.run(command); code != 0 || err != nil {
			break
		}
	}
	return code, err
}

func (d *distant) run(command []string) (code int, err error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "MACH_DB=http://"+d.Addr().String()+"/pypi.xz")
	start := time.Now()
	err = cmd.Run()
	elapsed := time.Since(start)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return 0, err
	}
	return cmd.ProcessState.ExitCode(), json.NewEncoder(os.Stderr).Encode(map[string]int64{
		"bytes": d.bytes.Swap(0), "connections": d.connections.Swap(0), "milliseconds": elapsed.Milliseconds(), "requests": d.requests.Swap(0),
	})
}

// distant is the listener and the server.
type distant struct {
	net.Listener
	database                     string
	latency                      time.Duration
	connections, requests, bytes atomic.Int64
}

// Accept gives a connection that is slow to begin.
func (d *distant) Accept() (net.Conn, error) {
	c, err := d.Listener.Accept()
	d.connections.Add(1)
	return &slow{Conn: c, until: time.Now().Add(d.latency)}, err
}

type slow struct {
	net.Conn
	until time.Time
}

// Read waits until the connection has begun.
func (s *slow) Read(p []byte) (int, error) {
	time.Sleep(time.Until(s.until))
	return s.Conn.Read(p)
}

// ServeHTTP serves the database, at every path.
func (d *distant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.requests.Add(1)
	time.Sleep(d.latency)
	f, err := os.Open(d.database)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		w.Header().Set("ETag", fmt.Sprintf(`"%x-%x"`, info.Size(), info.ModTime().UnixNano()))
	}
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(&counted{w, &d.bytes}, r, "", time.Time{}, f)
}

type counted struct {
	http.ResponseWriter
	bytes *atomic.Int64
}

// Write counts.
func (c *counted) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.bytes.Add(int64(n))
	return n, err
}
