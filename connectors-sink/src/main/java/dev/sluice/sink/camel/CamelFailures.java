package dev.sluice.sink.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchHeaderException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.ValidationException;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells who can mend a failure. While a route is made: the options' author, unless the network is
 * at fault. While a record is on its way: the record, if it can't be converted or parsed or a
 * validation refuses it; else the system at the other end, so that nothing is thrown away.
 */
final class CamelFailures {

  /** Chains of causes can be cyclic. */
  private static final int MAX_CAUSES = 32;

  private final CamelSinkConfig config;

  CamelFailures(CamelSinkConfig config) {
    this.config = config;
  }

  /** The route can't be made or started. */
  ConnectorException starting(Throwable failure) {
    boolean external = has(failure, IOException.class::isInstance);
    boolean wrong = !external && has(failure, CamelFailures::isWrongRoute);
    return new ConnectorException(
        wrong ? ErrorCategory.CONFIGURATION : ErrorCategory.EXTERNAL,
        wrong ? "camel-route-wrong" : "camel-start-failed",
        "The Camel route does not start: " + text(failure),
        wrong
            ? "Check the endpoint's name, its options and the steps."
            : "Check that the system that the route writes to can be reached.",
        null);
  }

  /** An exchange failed. */
  ConnectorException sending(Throwable failure) {
    return has(failure, CamelFailures::isWrongData)
        ? ConnectorException.data(
            "camel-record-refused", "The Camel route refuses the record: " + text(failure), null)
        : ConnectorException.external(
            "camel-exchange-failed",
            "The Camel route fails: " + text(failure),
            "Check the system that the route writes to.",
            null);
  }

  private static boolean isWrongRoute(Throwable failure) {
    return failure instanceof FailedToCreateRouteException
        || failure instanceof ResolveEndpointFailedException
        || failure instanceof NoSuchEndpointException
        || failure instanceof NoSuchBeanException
        || failure instanceof PropertyBindingException
        || failure instanceof ExpressionIllegalSyntaxException
        || failure instanceof IllegalArgumentException;
  }

  private static boolean isWrongData(Throwable failure) {
    return failure instanceof TypeConversionException
        || failure instanceof NoTypeConversionAvailableException
        || failure instanceof InvalidPayloadException
        || failure instanceof ValidationException
        || failure instanceof NoSuchHeaderException
        || failure instanceof JsonProcessingException;
  }

  private static boolean has(Throwable failure, Predicate<Throwable> kind) {
    return causes(failure).stream().anyMatch(kind);
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    @Nullable Throwable cause = failure;
    while (cause != null && causes.size() < MAX_CAUSES) {
      causes.add(cause);
      cause = cause.getCause();
    }
    return causes;
  }

  /** The innermost message, on one line, without secrets. */
  private String text(Throwable failure) {
    Throwable root = causes(failure).getLast();
    @Nullable String message = root.getMessage();
    String text = root.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    return config.redact(URISupport.sanitizeUri(text)).replaceAll("\\s+", " ");
  }
}
