package io.elottery.deploy.staff;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks the person at the terminal; without one, reads line after line of the standard input.
 * Secrets come this way only, never on the command line, where others could read them.
 */
public final class Prompt {
  private final @Nullable Console console;
  private final BufferedReader lines;
  private final PrintStream err;

  private Prompt(@Nullable Console console, InputStream in, PrintStream err) {
    this.console = console;
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.err = err;
  }

  /** At the terminal, where there is one. */
  public static Prompt ofTerminal(PrintStream err) {
    return new Prompt(System.console(), System.in, err);
  }

  /** Reading this instead of a terminal. */
  public static Prompt of(InputStream in, PrintStream err) {
    return new Prompt(null, in, err);
  }

  /** Something nobody may see being typed. */
  public String secret(String what) throws CommandFailed {
    if (console != null) {
      char[] typed = console.readPassword("%s: ", what);
      return given(what, typed == null ? null : new String(typed));
    }
    return given(what, line());
  }

  /** A new secret, typed twice where it is typed. */
  public String freshSecret(String what) throws CommandFailed {
    String first = secret(what);
    if (console != null && !first.equals(secret(what + " again"))) {
      throw new CommandFailed(ExitCode.USAGE, "the two are not the same; nothing was done");
    }
    return first;
  }

  /** Whether the answer is yes; anything else, and silence, is no. */
  public boolean yes(String question) throws CommandFailed {
    err.print(question + " [y/N] ");
    err.flush();
    String typed = console != null ? console.readLine() : line();
    String answer = typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private @Nullable String line() throws CommandFailed {
    try {
      return lines.readLine();
    } catch (IOException broken) {
      throw new CommandFailed(ExitCode.FAILED, "the standard input cannot be read", broken);
    }
  }

  private static String given(String what, @Nullable String typed) throws CommandFailed {
    if (typed == null || typed.isBlank()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "no " + what.toLowerCase(Locale.ROOT) + " was given at the prompt or standard input");
    }
    return typed.strip();
  }
}
