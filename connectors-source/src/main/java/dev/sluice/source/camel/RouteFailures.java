package dev.sluice.source.camel;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * Says in one sentence why a route does not start.
 *
 * @param secrets texts that must not show
 */
record RouteFailures(Collection<String> secrets) {

  /** The components that are on the class path. */
  static final List<String> COMPONENTS =
      List.of(
          "bean",
          "class",
          "direct",
          "file",
          "http",
          "https",
          "kamelet",
          "language",
          "log",
          "seda",
          "timer");

  private static final Pattern NO_COMPONENT =
      Pattern.compile(
          "(?:No component found with scheme: |No endpoint could be found for: )([^:,\\s]+)");

  /** Translates what Camel reported. */
  ConnectorException of(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectorException known) {
        return known;
      }
      Matcher missing = NO_COMPONENT.matcher(String.valueOf(cause.getMessage()));
      if (missing.find()) {
        return ConnectorException.configuration(
            "component-unknown",
            "The route uses the component '"
                + missing.group(1)
                + "', which is not on the class"
                + " path.",
            "Available are " + String.join(", ", COMPONENTS) + ".");
      }
    }
    Throwable root = root(error);
    boolean outside = root instanceof IOException || root instanceof UnknownHostException;
    return new ConnectorException(
        outside ? ErrorCategory.EXTERNAL : ErrorCategory.CONFIGURATION,
        outside ? "route-unreachable" : "route-invalid",
        "The route does not start: "
            + clean(root.getMessage() == null ? root.toString() : root.getMessage())
            + ".",
        outside ? "Check that what the route connects to is up." : "Correct the route.",
        null);
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private String clean(@Nullable String text) {
    String line =
        URISupport.sanitizeUri(String.valueOf(text)).lines().findFirst().orElse("").strip();
    for (String secret : secrets) {
      line = line.replace(secret, "****");
    }
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
