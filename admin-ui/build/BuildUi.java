import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs npm for Maven, in this module's folder: {@code java build/BuildUi.java build|test}. Started
 * from source, so that it works wherever the JDK does. Installs packages only when the lock file is
 * another than the one that they were installed from, and says in one line when Node is missing or
 * too old.
 */
final class BuildUi {

  private static final int[] OLDEST_NODE = {20, 19};
  private static final Path LOCK = Path.of("package-lock.json");
  private static final Path INSTALLED = Path.of("node_modules", ".installed-from-lock.json");
  private static final boolean WINDOWS =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");

  public static void main(String[] args) throws IOException, InterruptedException {
    requireNode();
    if (!Files.exists(INSTALLED) || Files.mismatch(LOCK, INSTALLED) >= 0) {
      npm("ci", "--loglevel=error");
      Files.copy(LOCK, INSTALLED);
    }
    npm("run", "--silent", args[0]);
  }

  private static void requireNode() throws IOException, InterruptedException {
    String wanted =
        "The admin UI is built with Node.js "
            + OLDEST_NODE[0]
            + "."
            + OLDEST_NODE[1]
            + " or newer, which ";
    String cure = "; install it (https://nodejs.org), or build without the UI: -Dui.skip";
    String version;
    try {
      Process node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
      version = new String(node.getInputStream().readAllBytes()).strip();
      node.waitFor();
    } catch (IOException missing) {
      throw stop(wanted + "is not on the PATH" + cure);
    }
    Matcher matcher = Pattern.compile("v(\\d+)\\.(\\d+)\\..*").matcher(version);
    if (!matcher.matches()
        || Integer.parseInt(matcher.group(1)) * 1000 + Integer.parseInt(matcher.group(2))
            < OLDEST_NODE[0] * 1000 + OLDEST_NODE[1]) {
      throw stop(wanted + version + " is not" + cure);
    }
  }

  private static void npm(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(WINDOWS ? "npm.cmd" : "npm"));
    command.addAll(List.of(arguments));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw stop(String.join(" ", command) + " failed with code " + code);
    }
  }

  private static Error stop(String message) {
    System.err.println("[ERROR] " + message + ".");
    System.exit(1);
    return new AssertionError();
  }
}
