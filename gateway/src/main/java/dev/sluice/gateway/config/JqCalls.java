package dev.sluice.gateway.config;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserTokenManager;
import net.thisptr.jackson.jq.internal.javacc.SimpleCharStream;
import net.thisptr.jackson.jq.internal.javacc.Token;

/**
 * Finds calls of unknown functions in a jq expression. The library itself notices them only when it
 * evaluates, which may take forever; so the tokens are looked at instead. One instance serves one
 * expression that is known to be well-formed.
 */
final class JqCalls implements ExpressionParserConstants {

  /** What is open and not closed yet. */
  private static final class Open {

    /** The function of which these are the arguments; empty for anything else. */
    private final String function;

    private final boolean isObject;
    private int semicolons;
    private int definitions;

    /** Whether a key of an object comes next. */
    private boolean isAtKey;

    private Open(String function, boolean isObject) {
      this.function = function;
      this.isObject = isObject;
      this.isAtKey = isObject;
    }
  }

  private final Scope scope;
  private final List<Token> tokens;
  private final Set<String> defined = new HashSet<>();
  private final Deque<Open> open = new ArrayDeque<>(List.of(new Open("", false)));
  private int next;

  private JqCalls(Scope scope, List<Token> tokens) {
    this.scope = scope;
    this.tokens = tokens;
  }

  /**
   * The first function that is called and is neither defined in the expression nor known.
   *
   * @param scope knows the functions that are offered
   * @return its name and how many arguments it was given, as {@code name/2}
   */
  static Optional<String> unknown(String expression, Scope scope) {
    ExpressionParserTokenManager lexer =
        new ExpressionParserTokenManager(new SimpleCharStream(new StringReader(expression)));
    List<Token> tokens = new ArrayList<>();
    for (Token token = lexer.getNextToken(); token.kind != EOF; token = lexer.getNextToken()) {
      tokens.add(token);
    }
    return new JqCalls(scope, tokens).unknown();
  }

  private Optional<String> unknown() {
    while (next < tokens.size()) {
      int at = next++;
      Optional<String> unknown = isName(at) ? Optional.empty() : look(at);
      if (unknown.isPresent()) {
        return unknown;
      }
    }
    return Optional.empty();
  }

  /** Whether it names a field, a variable, a format, a module or a key, even as a keyword does. */
  private boolean isName(int at) {
    int kind = kind(at);
    boolean isWord = kind == IDENTIFIER || (kind >= KEYWORD_IF && kind <= KEYWORD_MODULE);
    boolean isNamed =
        switch (kind(at - 1)) {
          case DOT, DOLLAR, ATSIGN, DOUBLE_COLON, KEYWORD_AS -> true;
          default -> kind(at + 1) == DOUBLE_COLON;
        };
    return isWord && (isNamed || current().isAtKey);
  }

  private Optional<String> look(int at) {
    switch (kind(at)) {
      case OPEN_BRACE -> open.push(new Open("", true));
      case OPEN_PAR, OPEN_BRACKET, OPEN_INTERP, KEYWORD_IF -> open.push(new Open("", false));
      case CLOSE_PAR, CLOSE_BRACKET, CLOSE_BRACE, KEYWORD_END -> {
        return close();
      }
      case SEMICOLON -> semicolon();
      case COMMA -> current().isAtKey = current().isObject;
      case COLON -> current().isAtKey = false;
      case KEYWORD_DEF -> define();
      case IDENTIFIER -> {
        return call(tokens.get(at).image);
      }
      default -> {
        // Operators and literals call nothing.
      }
    }
    return Optional.empty();
  }

  private Optional<String> call(String function) {
    if (kind(next) != OPEN_PAR) {
      return unknown(function, 0);
    }
    next++;
    open.push(new Open(function, false));
    return Optional.empty();
  }

  private Optional<String> close() {
    Open closed = current();
    if (open.size() > 1) {
      open.pop();
    }
    return closed.function.isEmpty()
        ? Optional.empty()
        : unknown(closed.function, closed.semicolons + 1);
  }

  /** Ends a definition, or else an argument. */
  private void semicolon() {
    Open current = current();
    if (current.definitions > 0) {
      current.definitions--;
    } else {
      current.semicolons++;
    }
  }

  /** What a definition and its parameters are called counts as known from there on. */
  private void define() {
    current().definitions++;
    while (next < tokens.size() && kind(next) != COLON) {
      defined.add(tokens.get(next++).image);
    }
  }

  private Optional<String> unknown(String function, int arguments) {
    boolean isKnown = defined.contains(function) || scope.getFunction(function, arguments) != null;
    return isKnown ? Optional.empty() : Optional.of(function + "/" + arguments);
  }

  private Open current() {
    return open.getFirst();
  }

  private int kind(int at) {
    return at < 0 || at >= tokens.size() ? EOF : tokens.get(at).kind;
  }
}
