package dev.sluice.gateway.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.rest.ApiException.Category;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every error of a request into a problem document. */
final class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final Set<Integer> WORTH_RETRYING = Set.of(503, 507);

  @ServerExceptionMapper
  public Response api(ApiException error, UriInfo uri) {
    return render(error, uri);
  }

  @ServerExceptionMapper
  public Response log(LogException error, UriInfo uri) {
    if (error.code() == LogException.Code.INTERNAL) {
      LOG.error("The log failed on " + uri.getPath(), error);
    }
    return render(ErrorTranslation.of(error), uri);
  }

  @ServerExceptionMapper
  public Response connector(ConnectorException error, UriInfo uri) {
    return render(ErrorTranslation.of(error), uri);
  }

  @ServerExceptionMapper
  public Response json(JsonProcessingException error, UriInfo uri) {
    return render(badJson(error), uri);
  }

  /** Named of its own, for else the framework's own mapper for it would be closer. */
  @ServerExceptionMapper
  public Response mismatch(MismatchedInputException error, UriInfo uri) {
    return render(badJson(error), uri);
  }

  /**
   * What the framework itself says: unknown paths, wrong methods, wrong media types, bad bodies.
   */
  @ServerExceptionMapper
  public Response framework(WebApplicationException error, UriInfo uri) {
    if (error.getCause() instanceof JsonProcessingException json) {
      return render(badJson(json), uri);
    }
    if (error.getCause() instanceof ApiException api) {
      return render(api, uri);
    }
    int status = error.getResponse().getStatus();
    if (status < 400) {
      return error.getResponse();
    }
    Response problem = render(ofStatus(status, uri.getPath()), uri);
    String allowed = error.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return allowed == null
        ? problem
        : Response.fromResponse(problem).header(HttpHeaders.ALLOW, allowed).build();
  }

  /** A defect: the caller gets a number to quote, the gateway's log the rest. */
  @ServerExceptionMapper
  public Response defect(Throwable error, UriInfo uri) {
    String number = UUID.randomUUID().toString();
    LOG.error("Request to " + uri.getPath() + " failed, error " + number, error);
    return render(
        new ApiException(
            500,
            "internal",
            Category.INTERNAL,
            "The gateway failed on this request (error " + number + ").",
            null,
            "This is a defect; look for the error's number in the gateway's log."),
        uri);
  }

  static ApiException ofStatus(int status, String path) {
    return switch (status) {
      case 404 ->
          new ApiException(
              404,
              "not-found",
              Category.USER,
              "There is nothing at " + path + ".",
              null,
              "GET /q/openapi lists what there is.");
      case 405 ->
          new ApiException(
              405,
              "method-not-allowed",
              Category.USER,
              "This method is not offered at " + path + ".",
              null,
              "The Allow header and /q/openapi say which are.");
      case 406 ->
          new ApiException(
              406,
              "not-acceptable",
              Category.USER,
              "None of the accepted media types is offered at " + path + ".",
              HttpHeaders.ACCEPT,
              "Accept application/json, or text/event-stream for a stream.");
      case 413 -> ApiException.tooLarge("The body is too large.", "Send less at a time.");
      case 415 ->
          new ApiException(
              415,
              "unsupported-media-type",
              Category.USER,
              "The body's media type is not understood at " + path + ".",
              HttpHeaders.CONTENT_TYPE,
              "Send application/json.");
      default ->
          status < 500
              ? new ApiException(
                  status,
                  "invalid-request",
                  Category.USER,
                  "The request is not understood.",
                  null,
                  "/q/openapi describes what is.")
              : new ApiException(
                  status,
                  "internal",
                  Category.INTERNAL,
                  "The gateway could not answer.",
                  null,
                  "Try again; the gateway's log has the details.");
    };
  }

  private static ApiException badJson(JsonProcessingException error) {
    JsonLocation place = error.getLocation();
    String where =
        place == null
            ? ""
            : String.format(
                Locale.ROOT, " (line %d, column %d)", place.getLineNr(), place.getColumnNr());
    String path =
        error instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
            ? pointer(mapping)
            : "/";
    return new ApiException(
        400,
        "invalid-json",
        Category.USER,
        "The body is not the JSON that is expected here" + where + ".",
        path,
        "Compare it with the example in /q/openapi.");
  }

  private static String pointer(JsonMappingException error) {
    return error.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("/", "/", ""));
  }

  private static Response render(ApiException error, UriInfo uri) {
    Response.ResponseBuilder response =
        Response.status(error.status())
            .type(Problem.MEDIA_TYPE)
            .entity(Problem.of(error, isConnectPath(uri.getPath())));
    if (WORTH_RETRYING.contains(error.status())) {
      response.header(HttpHeaders.RETRY_AFTER, 5);
    }
    return response.build();
  }

  /** Whether tools made for Kafka Connect may be at the other end. */
  static boolean isConnectPath(String path) {
    String absolute = path.startsWith("/") ? path : "/" + path;
    return absolute.equals("/connectors")
        || absolute.startsWith("/connectors/")
        || absolute.startsWith("/connector-plugins");
  }
}
