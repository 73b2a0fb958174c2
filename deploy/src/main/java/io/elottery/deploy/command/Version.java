package io.elottery.deploy.command;

import io.elottery.deploy.cluster.BuildHash;
import io.elottery.deploy.outcome.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code elottery version}. */
@Command(name = "version", description = "Says which version this is.")
public final class Version implements Callable<Integer>, CommandLine.IVersionProvider {
  private final Invocation invocation;

  /** For this invocation. */
  public Version(Invocation invocation) {
    this.invocation = invocation;
  }

  /** For {@code --version}. */
  public Version() {
    this(new Invocation(System.out, System.err));
  }

  @Override
  public String[] getVersion() {
    String built =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("development");
    return new String[] {"elottery " + built + ", Java " + Runtime.version()};
  }

  @Override
  public Integer call() {
    invocation.out().println(getVersion()[0]);
    invocation.out().println("build " + BuildHash.ofClassPath());
    return ExitCode.DONE.number();
  }
}
