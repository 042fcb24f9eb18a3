"""Prints how warm the days of a week were, as a small chart."""

week = {"Mon": 12.5, "Tue": 14.0, "Wed": 9.5, "Thu": 11.0, "Fri": 16.5, "Sat": 19.0, "Sun": 17.5}


def chart(days: dict[str, float], width: int = 40) -> str:
    warmest = max(days.values())
    return "\n".join(
        f"{day}  {'#' * round(degrees / warmest * width):<{width}} {degrees:4.1f} °C"
        for day, degrees in days.items()
    )


if __name__ == "__main__":
    print(chart(week))
    print(f"On average {sum(week.values()) / len(week):.1f} °C")
