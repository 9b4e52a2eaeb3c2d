from api.alerts.case_code import is_case_code, new_case_code, written


def test_a_new_code_is_nine_digits_with_the_right_last_one():
    assert all(is_case_code(new_case_code()) for _ in range(200))


def test_codes_are_drawn_and_not_counted():
    assert len({new_case_code() for _ in range(200)}) == 200


def test_any_slip_of_one_digit_and_any_swap_of_neighbours_is_found():
    code = new_case_code()
    for at in range(9):
        for digit in set("0123456789") - {code[at]}:
            assert not is_case_code(code[:at] + digit + code[at + 1 :])
    for at in range(8):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        assert swapped == code or not is_case_code(swapped)


def test_what_is_no_code():
    assert not is_case_code("")
    assert not is_case_code("12345678")
    assert not is_case_code("۴۸۲۱۷۷۳۰۶")
    assert not is_case_code("48217730x")


def test_people_read_it_in_threes():
    assert written("482177306") == "482 177 306"
