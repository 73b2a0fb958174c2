package io.elottery.controller.staff;

/** Why a member of the staff cannot have what was asked for. Says nothing secret. */
public final class ActionRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String field;

  /**
   * With what the caller is told.
   *
   * @param status as of HTTP: 404, 409, 422 …
   * @param code upper case, for programs
   * @param detail one or two sentences for a person
   * @param field the part of the request it is about; empty for the whole
   */
  public ActionRefused(int status, String code, String detail, String field) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
  }

  /** A value cannot be used: 422. */
  public static ActionRefused invalid(String field, String detail) {
    return new ActionRefused(422, "INVALID", detail, field);
  }

  /** It does not go with how things are: 409. */
  public static ActionRefused conflict(String code, String detail) {
    return new ActionRefused(409, code, detail, "");
  }

  /** There is no such thing: 404. */
  public static ActionRefused notFound(String detail) {
    return new ActionRefused(404, "NOT_FOUND", detail, "");
  }

  /** As of HTTP. */
  public int status() {
    return status;
  }

  /** For programs. */
  public String code() {
    return code;
  }

  /** For a person. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** As an answer. */
  public StaffAnswer answer() {
    return StaffAnswer.problem(status, code, title(status), detail(), field);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "The request cannot be read";
      case 401 -> "Sign in first";
      case 403 -> "This is not yours to do";
      case 404 -> "There is nothing here";
      case 409 -> "It does not go with how things are";
      case 422 -> "A value cannot be used";
      case 429 -> "Too many requests";
      default -> "Main cannot do this just now";
    };
  }
}
