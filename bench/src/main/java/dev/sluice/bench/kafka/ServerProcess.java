package dev.sluice.bench.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A broker in a process of its own, seen from outside. Linux only. Used by one thread. */
final class ServerProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration END_LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_EVERY_MILLIS = 20;
  private static final double KIB_PER_MIB = 1024;

  /** USER_HZ, which Linux shows to programs whatever the kernel's own tick is. */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields 14 and 15 of /proc/PID/stat, counted behind the name, which may hold blanks. */
  private static final int USER_TIME = 11;

  private static final int SYSTEM_TIME = 12;
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  private final Process process;
  private final int port;
  private final long startedNanos;

  private ServerProcess(Process process, int port, long startedNanos) {
    this.process = process;
    this.port = port;
    this.startedNanos = startedNanos;
  }

  /** Starts one that is going to listen on a port; what it says goes to our standard error. */
  static ServerProcess start(List<String> command, int port) throws IOException {
    // Its standard output has nothing but what it tells people who start it by hand.
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    long startedNanos = System.nanoTime();
    Process process = builder.start();
    Children.add(process);
    return new ServerProcess(process, port, startedNanos);
  }

  /** A port of the loopback interface that nobody has. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** When the process was started, as {@link System#nanoTime}. */
  long startedNanos() {
    return startedNanos;
  }

  /** Waits until it takes connections. */
  void awaitListening() throws IOException, InterruptedException {
    long deadline = startedNanos + START_LIMIT.toNanos();
    while (!isListening()) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new IOException("A server did not come to listen: " + process.info().commandLine());
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Processor time that it has used, the kernel's part included. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(proc("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
        / TICKS_PER_SECOND;
  }

  /** Memory that it holds, in MiB (VmRSS). */
  double residentMebibytes() throws IOException {
    Matcher resident = RESIDENT.matcher(Files.readString(proc("status")));
    if (!resident.find()) {
      throw new IOException("No VmRSS: the server has ended");
    }
    return Long.parseLong(resident.group(1)) / KIB_PER_MIB;
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  /** Stops it as its service manager would, and waits until it is gone. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    Children.remove(process);
  }
}
